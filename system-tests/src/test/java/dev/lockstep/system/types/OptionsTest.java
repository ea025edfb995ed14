package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a mapping chooses is what the target holds, compared by SQL on both ends. {@link
 * PoliciesTest} has the dates and times beyond ClickHouse's range.
 */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class OptionsTest {
  private static final String CONNECTOR = "types-options";
  private static final String DATABASE = "types_options";
  private static final String STRICT = DATABASE + ".strict_forms";
  private static final String REFUSED = DATABASE + ".refused";
  private static final String NEIGHBOUR = DATABASE + ".neighbour";
  private static final Scenario STRICT_FORMS = strictForms();
  private static final Scenario BESIDE_A_REFUSED_TABLE = besideARefusedTable();
  private static final List<OptionCase> CASES = OptionCase.all();
  private static Scenarios scenarios;

  static List<Scenario> snapshotted() {
    List<Scenario> all = new ArrayList<>();
    CASES.forEach(each -> all.add(ValueScenario.snapshotted(table("t", each), each.type())));
    return all;
  }

  static List<Scenario> streamed() {
    List<Scenario> all = new ArrayList<>();
    CASES.forEach(each -> all.add(ValueScenario.streamed(table("s", each), each.type())));
    return all;
  }

  static List<OptionCase> cases() {
    return CASES;
  }

  private static String table(String prefix, OptionCase of) {
    return DATABASE + "." + prefix + CASES.indexOf(of);
  }

  /** Rows whose values have no place in the form that was chosen, between others. */
  private static Scenario strictForms() {
    return new Scenario(
        "forms that don't hold every value",
        List.of(
            "CREATE TABLE %s (id INT PRIMARY KEY, b BOOL, j JSON)".formatted(STRICT),
            "INSERT INTO %s VALUES (1, 1, '{\"a\": 1}'), (2, 2, NULL), (3, 0, '[1]'), (4, NULL, NULL)"
                .formatted(STRICT)),
        List.of(
            "INSERT INTO %s VALUES (5, 0, '{\"b.c\": 1}'), (6, -1, NULL), (7, 1, '{}')"
                .formatted(STRICT)),
        "SELECT id, b, REPLACE(CAST(j AS CHAR), ' ', '') FROM %s WHERE id NOT IN (2, 3, 5, 6)"
            .formatted(STRICT),
        "SELECT id, toUInt8(b), toString(j) FROM %s FINAL".formatted(STRICT));
  }

  private static Scenario besideARefusedTable() {
    return new Scenario(
        "a table beside one that is refused",
        List.of(
            "CREATE TABLE %s (a INT)".formatted(REFUSED),
            "INSERT INTO %s VALUES (1), (1)".formatted(REFUSED),
            "CREATE TABLE %s (id INT PRIMARY KEY)".formatted(NEIGHBOUR),
            "INSERT INTO %s VALUES (1), (2)".formatted(NEIGHBOUR)),
        List.of(
            "INSERT INTO %s VALUES (2)".formatted(REFUSED),
            "INSERT INTO %s VALUES (3)".formatted(NEIGHBOUR),
            "DELETE FROM %s WHERE id = 1".formatted(NEIGHBOUR)),
        "SELECT id FROM " + NEIGHBOUR,
        "SELECT id FROM " + NEIGHBOUR + " FINAL");
  }

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    for (int i = 0; i < CASES.size(); i++) {
      stack.map("option-" + i, DATABASE + "\\.[ts]" + i, CASES.get(i).options());
    }
    stack.map(
        "strict-forms",
        DATABASE + "\\.strict_forms",
        "{\"boolLike\": \"BOOL\", \"json\": \"JSON\"}");
    stack.map("refusing", DATABASE + "\\.refused", "keyless", "\"REFUSE\"");
    List<Scenario> all = new ArrayList<>(List.of(STRICT_FORMS, BESIDE_A_REFUSED_TABLE));
    all.addAll(snapshotted());
    all.addAll(streamed());
    scenarios = new Scenarios(stack, CONNECTOR, DATABASE, all).run();
  }

  @ParameterizedTest
  @MethodSource("snapshotted")
  void theFormHoldsEveryValueOfTheSnapshotAndOfTheStream(Scenario scenario) {
    assertThat(scenarios.afterSnapshot(scenario)).isEmpty();
    assertThat(scenarios.afterStream(scenario)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("streamed")
  void theFormHoldsEveryValueInATableThatIsMadeInTheStream(Scenario scenario) {
    assertThat(scenarios.afterStream(scenario)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theColumnIsOfTheTypeThatTheOptionNames(OptionCase of, TypesStack stack) {
    for (String table : List.of(table("t", of), table("s", of))) {
      String[] column =
          stack
              .clickHouse()
              .query(
                  "SELECT type, compression_codec FROM system.columns"
                      + " WHERE database || '.' || table = '%s' AND name = 'n'".formatted(table))
              .strip()
              .split("\t", 2);
      assertThat(of.shown(column[0], column.length == 2 ? column[1] : ""))
          .as(table)
          .isEqualTo(of.target());
    }
  }

  @Test
  void aValueThatTheFormDoesNotHoldIsInTheDeadLettersAndItsNeighboursAreApplied(TypesStack stack) {
    assertThat(scenarios.afterSnapshot(STRICT_FORMS)).isEmpty();
    assertThat(scenarios.afterStream(STRICT_FORMS)).isEmpty();
    List<String> letters =
        Eventually.eventuallySees(
            "the dead letters of " + STRICT,
            TypesStack.LIMIT,
            () ->
                Letter.of(stack, CONNECTOR, STRICT).stream()
                    .map(letter -> letter.id() + " " + letter.column())
                    .sorted()
                    .toList(),
            seen -> seen.size() >= 4);
    assertThat(letters).containsExactly("2 b", "3 j", "5 j", "6 b");
  }

  @Test
  void aTableWithoutAKeyThatIsRefusedStopsWithItsReasonAndItsNeighboursGoOn(TypesStack stack)
      throws Exception {
    assertThat(scenarios.afterSnapshot(BESIDE_A_REFUSED_TABLE)).isEmpty();
    assertThat(scenarios.afterStream(BESIDE_A_REFUSED_TABLE)).isEmpty();
    JsonNode table =
        Eventually.eventuallySees(
            REFUSED + " to be FAILED",
            TypesStack.LIMIT,
            () -> tableNamed(stack, REFUSED),
            seen -> seen.path("state").asString("").equals("FAILED"));
    assertThat(table.path("reason").asString(""))
        .contains("It has no key")
        .contains("mapping refusing refuses such tables")
        .contains("set keyless to MULTISET");
    assertThat(stack.clickHouse().query("EXISTS TABLE " + REFUSED).strip()).isEqualTo("0");
  }

  private static JsonNode tableNamed(TypesStack stack, String name) throws Exception {
    for (JsonNode table : stack.suite().connect().get("/api/v1/tables").path("items")) {
      JsonNode source = table.path("source");
      if (name.equals(
          source.path("database").asString("") + "." + source.path("table").asString(""))) {
        return table;
      }
    }
    return MissingNode.getInstance();
  }
}
