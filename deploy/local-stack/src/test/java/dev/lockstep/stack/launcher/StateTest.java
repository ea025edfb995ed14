package dev.lockstep.stack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("main-job")
class StateTest {
  @TempDir Path home;

  private StartedProcess myself() {
    return StartedProcess.of(
        Part.KAFKA, ProcessHandle.current().pid(), Settings.of(home, Map.of()));
  }

  @Test
  void aLaterLauncherKnowsWhatAnEarlierOneStarted() {
    State.load(home).add(myself());

    assertThat(State.load(home).alive(Part.KAFKA)).isPresent();
    assertThat(State.load(home).ports()).containsEntry(Port.KAFKA, 9092);
    assertThat(State.load(home).alive(Part.MYSQL)).isEmpty();
  }

  @Test
  void aLaterProcessWithTheSamePidIsNotTakenForIt() {
    StartedProcess real = myself();
    State.load(home)
        .add(
            new StartedProcess(
                Part.KAFKA,
                real.pid(),
                real.startedAt().minus(Duration.ofMinutes(1)),
                real.ports()));

    assertThat(State.load(home).alive(Part.KAFKA)).isEmpty();
  }

  @Test
  void anUnreadableStateIsNotTakenForAnEmptyOne() throws IOException {
    Files.writeString(home.resolve("state.json"), "{");

    assertThatThrownBy(() -> State.load(home))
        .hasMessageContaining("state.json")
        .hasMessageContaining("delete it");
  }

  @Test
  void purgingDeletesNothingThatLockstepDidNotMake() throws IOException {
    Files.createDirectories(home.resolve("mysql/data"));
    Files.writeString(home.resolve("letter.txt"), "mine");

    Down.run(Settings.of(home, Map.of("LOCKSTEP_HOME", home.toString())), true);

    assertThat(home.resolve("mysql")).doesNotExist();
    assertThat(home.resolve("letter.txt")).exists();
  }

  @Test
  void aPortThatIsNoPortIsRefusedByItsVariable() {
    assertThatThrownBy(() -> Settings.of(home, Map.of("LOCKSTEP_PORT_MYSQL", "70000")))
        .hasMessageContaining("LOCKSTEP_PORT_MYSQL")
        .hasMessageContaining("1 to 65535");
  }

  @Test
  void rowsAreWrittenAsClickHouseWritesThem() {
    assertThat(Sql.escaped(null)).isEqualTo("\\N");
    assertThat(Sql.escaped("a\tb\nc\\d")).isEqualTo("a\\tb\\nc\\\\d");
  }
}
