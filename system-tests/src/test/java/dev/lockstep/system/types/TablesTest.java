package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Servers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables by any name, and columns with generated values, defaults and comments. */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class TablesTest {
  private static Scenarios scenarios;

  static List<Scenario> cases() {
    return TableScenarios.all();
  }

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    scenarios = new Scenarios(stack, "types-tables", TableScenarios.DATABASE, cases()).run();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTargetHasTheSourcesRows(Scenario scenario) {
    assertThat(scenarios.afterSnapshot(scenario)).isEmpty();
    assertThat(scenarios.afterStream(scenario)).isEmpty();
  }

  @Test
  void commentsOfColumnsAreCarriedOver(TypesStack stack) throws Exception {
    String of = "WHERE table_schema = '%1$s' AND table_name = 'special' AND %2$s > ''";
    String database = TableScenarios.DATABASE.replace("\\", "\\\\").replace("'", "\\'");
    assertThat(
            stack
                .both()
                .targetRows(
                    "SELECT name, hex(comment) FROM system.columns WHERE database = '%s'"
                            .formatted(database)
                        + " AND table = 'special' AND comment > '' ORDER BY name"))
        .isEqualTo(
            stack
                .both()
                .sourceRows(
                    "SELECT column_name, HEX(column_comment) FROM information_schema.columns "
                        + of.formatted(database, "column_comment")
                        + " ORDER BY column_name"))
        .hasSize(2);
  }
}
