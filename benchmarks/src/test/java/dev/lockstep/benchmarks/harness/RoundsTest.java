package dev.lockstep.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoundsTest {
  private static final Map<String, String> DEFAULTS = Map.of("rounds", "3");

  @TempDir private Path folder;

  private record Scripted(String name, List<Double> results, List<String> turns)
      implements Subject {
    @Override
    public Figures measure(int round) {
      turns.add(name + round);
      return new Figures(Map.of("rowsPerSecond", results.get(round - 1)));
    }
  }

  @Test
  void subjectsTakeTurnsInTheOtherOrderEachRoundAndMediansAreCompared() throws Exception {
    Path file = folder.resolve("result.json");
    List<String> turns = new ArrayList<>();
    var text = new ByteArrayOutputStream();
    var options = Options.parse(List.of("--json", file.toString()), DEFAULTS);

    new Rounds(
            "capture",
            options,
            Map.of("kafka", "4"),
            new PrintStream(text, true, StandardCharsets.UTF_8))
        .run(
            List.of(
                new Scripted("ours", List.of(10.0, 1000.0, 30.0), turns),
                new Scripted("theirs", List.of(20.0, 1.0, 21.0), turns)));

    assertThat(turns).containsExactly("ours1", "theirs1", "theirs2", "ours2", "ours3", "theirs3");
    assertThat(text.toString(StandardCharsets.UTF_8)).contains("ours to theirs: 1.50");
    JsonNode json = JsonMapper.shared().readTree(file);
    assertThat(json.path("name").asString()).isEqualTo("capture");
    assertThat(json.path("rounds").asInt()).isEqualTo(3);
    assertThat(json.path("ratio").asDouble()).isEqualTo(1.5);
    assertThat(json.at("/subjects/0/name").asString()).isEqualTo("ours");
    assertThat(json.at("/subjects/0/median/rowsPerSecond").asDouble()).isEqualTo(30);
    assertThat(json.at("/subjects/0/rounds/1/rowsPerSecond").asDouble()).isEqualTo(1000);
  }

  @Test
  void percentilesAreByNearestRank() {
    long[] nanos = LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray();

    assertThat(Figures.latencies(nanos).values())
        .containsExactly(
            Map.entry("p99Millis", 198.0),
            Map.entry("p50Millis", 100.0),
            Map.entry("p95Millis", 190.0),
            Map.entry("maxMillis", 200.0));
  }

  @Test
  void aProcessHasUsedTimeAndMemory() throws Exception {
    ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());

    assertThat(usage.cpu()).isPositive();
    assertThat(usage.peakResidentBytes()).isGreaterThan(1024 * 1024);
    assertThat(usage.plus(usage))
        .isEqualTo(new ProcessUsage(usage.cpu().multipliedBy(2), 2 * usage.peakResidentBytes()));
  }

  @Test
  void anOptionThatIsNotKnownIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Options.parse(List.of("--round", "3"), DEFAULTS))
        .hasMessage(
            "'--round' is no option; there are --json FILE and, with their defaults, --rounds '3'");
    assertThatThrownBy(() -> Options.parse(List.of("--rounds"), DEFAULTS))
        .hasMessage("'--rounds' needs a value");
    assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"), DEFAULTS).number("rounds"))
        .hasMessage("--rounds takes a positive whole number, not '0'");
  }
}
