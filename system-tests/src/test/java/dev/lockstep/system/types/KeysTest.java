package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Servers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rows are one row: the target agrees with the source's keys, whatever they are. */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class KeysTest {
  private static Scenarios scenarios;

  static List<Scenario> cases() {
    return KeyScenarios.all();
  }

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    scenarios = new Scenarios(stack, "types-keys", KeyScenarios.DATABASE, cases()).run();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTargetHasTheSourcesRowsAfterTheSnapshot(Scenario scenario) {
    assertThat(scenarios.afterSnapshot(scenario)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTargetHasTheSourcesRowsAfterUpdatesOfKeysAndDeletes(Scenario scenario) {
    assertThat(scenarios.afterStream(scenario)).isEmpty();
  }
}
