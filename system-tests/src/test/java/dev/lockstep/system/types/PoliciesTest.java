package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of dates and times that ClickHouse does not have: never a near miss unsaid. */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class PoliciesTest {
  private static final String CONNECTOR = "types-policies";
  private static final String SQL_MODE = "STRICT_ALL_TABLES,ALLOW_INVALID_DATES";
  private static final PolicyTable QUARANTINED = PolicyTable.both("quarantined");
  private static final PolicyTable CLAMPED = new PolicyTable("clamped", BeyondRange.far());
  private static final PolicyTable TEXTS = PolicyTable.both("texts");
  private static final PolicyTable NULLED = new PolicyTable("nulled", BeyondRange.zero());
  private static final PolicyTable EPOCH = new PolicyTable("epoch", BeyondRange.zero());
  private static final String MYSQL_ROW =
      "SELECT id, CAST(d AS CHAR), CAST(dt AS CHAR), CAST(dt3 AS CHAR), CAST(dt6 AS CHAR), CAST(ts AS CHAR) FROM ";
  private static final String CLICKHOUSE_ROW =
      "SELECT id, toString(d), toString(dt), toString(dt3), toString(dt6), toString(ts) FROM ";

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    stack.map("clamped", "types_policies\\.clamped", "{\"outOfRange\": \"CLAMP\"}");
    stack.map("texts", "types_policies\\.texts", "{\"outOfRange\": \"STRING\"}");
    stack.map("nulled", "types_policies\\.nulled", "{\"zeroDates\": \"NULL\"}");
    stack.map("epoch", "types_policies\\.epoch", "{\"zeroDates\": \"EPOCH\"}");
    List<PolicyTable> tables = List.of(QUARANTINED, CLAMPED, TEXTS, NULLED, EPOCH);
    List<String> begin = new ArrayList<>(List.of("CREATE DATABASE " + PolicyTable.DATABASE));
    tables.forEach(table -> begin.addAll(table.begin()));
    begin.add("CREATE TABLE types_policies.last (id INT PRIMARY KEY)");
    begin.add("INSERT INTO types_policies.last VALUES (1)");
    stack.write(SQL_MODE, begin);
    stack.connect(CONNECTOR, PolicyTable.DATABASE);
    String all = "SELECT id FROM types_policies.last";
    stack.both().awaitEqual(all, all + " FINAL", TypesStack.LIMIT);
    List<String> change = new ArrayList<>();
    tables.forEach(table -> change.addAll(table.change()));
    stack.write(SQL_MODE, change);
  }

  @Test
  void aRowThatIsQuarantinedIsInTheDeadLettersAndItsNeighboursAreApplied(TypesStack stack)
      throws Exception {
    String in = QUARANTINED.qualified();
    stack
        .both()
        .awaitEqual(
            MYSQL_ROW + in + " WHERE id < 2000 AND id % 2 = 1 ORDER BY id",
            CLICKHOUSE_ROW + in + " FINAL ORDER BY id",
            TypesStack.LIMIT);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < QUARANTINED.values().size(); i++) {
      BeyondRange value = QUARANTINED.values().get(i);
      QUARANTINED
          .ids(i)
          .forEach(id -> expected.add(id + " " + value.column() + " " + value.value()));
    }
    Collections.sort(expected);
    List<String> letters =
        Eventually.eventuallySees(
            "the dead letters of " + in,
            TypesStack.LIMIT,
            () -> letters(stack),
            seen -> seen.size() >= expected.size());
    assertThat(letters).isEqualTo(expected);
  }

  /** Of each: the row's id, the column, and the value where the reason names it. */
  private static List<String> letters(TypesStack stack) {
    return Letter.of(stack, CONNECTOR, QUARANTINED.qualified()).stream()
        .map(PoliciesTest::described)
        .sorted()
        .toList();
  }

  private static String described(Letter letter) {
    for (int i = 0; i < QUARANTINED.values().size(); i++) {
      String value = QUARANTINED.values().get(i).value();
      if (QUARANTINED.ids(i).contains(letter.id()) && letter.reason().contains(value)) {
        return letter.id() + " " + letter.column() + " " + value;
      }
    }
    return letter.toString();
  }

  @Test
  void aValueThatIsClampedIsTheNearestAndIsMarked(TypesStack stack) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < CLAMPED.values().size(); i++) {
      BeyondRange value = CLAMPED.values().get(i);
      CLAMPED.ids(i).forEach(id -> expected.add(altered(id, value.column(), value.clamped())));
    }
    awaitAltered(stack, CLAMPED, expected);
    awaitOthersUnaltered(stack, CLAMPED);
  }

  @Test
  void aZeroDateThatIsNulledIsMarked(TypesStack stack) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < NULLED.values().size(); i++) {
      BeyondRange value = NULLED.values().get(i);
      NULLED.ids(i).forEach(id -> expected.add(altered(id, value.column(), "\\N")));
    }
    awaitAltered(stack, NULLED, expected);
    awaitOthersUnaltered(stack, NULLED);
  }

  @Test
  void aZeroDateThatBecomesTheEpochIsMarked(TypesStack stack) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < EPOCH.values().size(); i++) {
      BeyondRange value = EPOCH.values().get(i);
      String epoch = "1970-01-01" + value.value().substring(10).replaceAll("\\d", "0");
      EPOCH.ids(i).forEach(id -> expected.add(altered(id, value.column(), epoch)));
    }
    awaitAltered(stack, EPOCH, expected);
    awaitOthersUnaltered(stack, EPOCH);
  }

  private static String altered(int id, String column, String value) {
    return id + "\t" + column + "\t" + value;
  }

  private static void awaitAltered(TypesStack stack, PolicyTable table, List<String> expected) {
    Collections.sort(expected);
    String sql =
        "SELECT id, arrayStringConcat(_altered, ','),"
            + " multiIf(has(_altered, 'd'), toString(d), has(_altered, 'dt'), toString(dt), has(_altered, 'dt3'),"
            + " toString(dt3), has(_altered, 'dt6'), toString(dt6), toString(ts)) FROM %s FINAL WHERE notEmpty(_altered)";
    Eventually.eventually(
        "the altered rows of " + table.qualified(),
        TypesStack.LIMIT,
        () -> stack.both().targetRows(sql.formatted(table.qualified())).stream().sorted().toList(),
        expected);
  }

  private static void awaitOthersUnaltered(TypesStack stack, PolicyTable table) throws Exception {
    stack
        .both()
        .awaitEqual(
            MYSQL_ROW + table.qualified() + " WHERE id < 2000 AND id % 2 = 1 ORDER BY id",
            CLICKHOUSE_ROW + table.qualified() + " FINAL WHERE empty(_altered) ORDER BY id",
            TypesStack.LIMIT);
  }

  @Test
  void textsHoldEveryValue(TypesStack stack) throws Exception {
    stack
        .both()
        .awaitEqual(
            MYSQL_ROW + TEXTS.qualified() + " ORDER BY id",
            CLICKHOUSE_ROW + TEXTS.qualified() + " FINAL ORDER BY id",
            TypesStack.LIMIT);
  }
}
