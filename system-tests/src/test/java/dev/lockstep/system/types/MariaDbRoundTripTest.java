package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link RoundTripTest}, with a MariaDB as the source. */
@Tag("capture")
@Tag("types")
@ExtendWith(Servers.class)
class MariaDbRoundTripTest {
  private static final String DATABASE = "maria_values";
  private static TypesStack stack;
  private static Scenarios scenarios;

  static List<Scenario> snapshotted() {
    return cases("t", ValueScenario::snapshotted);
  }

  static List<Scenario> streamed() {
    return cases("s", ValueScenario::streamed);
  }

  private static List<Scenario> cases(
      String prefix, BiFunction<String, TypeCase, Scenario> scenario) {
    List<Scenario> all = new ArrayList<>();
    MariaDbTypeCases.all()
        .forEach(each -> all.add(scenario.apply(DATABASE + "." + prefix + all.size(), each)));
    return all;
  }

  @BeforeAll
  static void carryOut() throws Exception {
    stack =
        new TypesStack(
            SharedServers.ownMariaDb(
                "--character-set-server=utf8mb4",
                "--innodb-flush-log-at-trx-commit=0",
                "--sync-binlog=0"),
            "types-maria");
    List<Scenario> all = Stream.of(snapshotted(), streamed()).flatMap(List::stream).toList();
    scenarios = new Scenarios(stack, "maria-values", DATABASE, all).run();
  }

  @AfterAll
  static void stop() throws IOException {
    if (stack != null) {
      stack.close();
    }
  }

  @ParameterizedTest
  @MethodSource("snapshotted")
  void everyValueArrivesBySnapshot(Scenario scenario) {
    assertThat(scenarios.afterSnapshot(scenario)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("snapshotted")
  void everyValueArrivesByStreamThroughInsertsUpdatesAndDeletes(Scenario scenario) {
    assertThat(scenarios.afterStream(scenario)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("streamed")
  void everyValueArrivesInATableThatIsMadeInTheStream(Scenario scenario) {
    assertThat(scenarios.afterStream(scenario)).isEmpty();
  }
}
