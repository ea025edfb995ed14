package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type's values, compared by SQL on both ends. The time zones of server, writer and services
 * all differ, and the times are at their jumps.
 */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class RoundTripTest {
  private static final String DATABASE = "types_values";
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
    TypeCases.all()
        .forEach(each -> all.add(scenario.apply(DATABASE + "." + prefix + all.size(), each)));
    return all;
  }

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    List<Scenario> all = Stream.of(snapshotted(), streamed()).flatMap(List::stream).toList();
    scenarios = new Scenarios(stack, "types-values", DATABASE, all).run();
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
