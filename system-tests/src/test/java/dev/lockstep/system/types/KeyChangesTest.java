package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * The unique index that serves as a key goes, or no longer counts: rows that are different are
 * never merged. Where the target has rows by the old key, its table stops and says why.
 */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class KeyChangesTest {
  private static final String CONNECTOR = "types-key-changes";
  private static final String DATABASE = "types_key_changes";
  private static final String COLUMNS =
      " (id INT NOT NULL, other INT NOT NULL, v INT, UNIQUE KEY u (id), UNIQUE KEY w (other))";
  private static final List<String> TABLES = List.of("both", "nulls", "second");

  @BeforeAll
  static void carryOut(TypesStack stack) throws Exception {
    stack.write(List.of("CREATE DATABASE " + DATABASE));
    for (String table : TABLES) {
      stack.write(
          List.of(
              "CREATE TABLE " + in(table) + COLUMNS,
              "INSERT INTO " + in(table) + " VALUES (1, 11, 111), (2, 12, 112)"));
    }
    stack.connect(CONNECTOR, DATABASE);
    for (String table : TABLES) {
      awaitEqual(stack, table, " FINAL");
    }
    stack.write(
        List.of(
            "ALTER TABLE " + in("both") + " DROP INDEX u, DROP KEY w",
            "INSERT INTO " + in("both") + " VALUES (1, 11, 222), (1, 11, 111)",
            "ALTER TABLE " + in("nulls") + " MODIFY id INT, DROP INDEX w",
            "INSERT INTO " + in("nulls") + " VALUES (NULL, 0, 1), (NULL, 0, 1)",
            "DROP INDEX w ON " + in("second"),
            "INSERT INTO " + in("second") + " VALUES (3, 11, 222)",
            "UPDATE " + in("second") + " SET v = 5 WHERE id = 1",
            "CREATE TABLE " + in("early") + COLUMNS,
            "DROP INDEX u ON " + in("early"),
            "DROP INDEX w ON " + in("early"),
            "INSERT INTO " + in("early") + " VALUES (1, 11, 111), (1, 11, 222), (1, 11, 111)"));
  }

  @Test
  void aTableWithRowsWhoseKeyIndexesAreDroppedStopsWithTheReason(TypesStack stack)
      throws Exception {
    assertStopped(stack, "both");
  }

  @Test
  void aTableWithRowsWhoseKeyMayBeNullStopsWithTheReason(TypesStack stack) throws Exception {
    assertStopped(stack, "nulls");
  }

  @Test
  void aTableWhoseOtherUniqueIndexIsDroppedGoesOn(TypesStack stack) throws Exception {
    awaitEqual(stack, "second", " FINAL");
  }

  @Test
  void aTableWhoseKeyIndexesAreDroppedBeforeItsFirstRowKeepsEqualRows(TypesStack stack)
      throws Exception {
    awaitEqual(stack, "early", "");
  }

  /** The target has the rows from before, and none that took another's place. */
  private static void assertStopped(TypesStack stack, String table) throws Exception {
    JsonNode stopped =
        Eventually.eventuallySees(
            "the state of " + table,
            TypesStack.LIMIT,
            () -> stateOf(stack, table),
            state -> state.path("state").asString("").equals("FAILED"));
    assertThat(stopped.path("reason").asString())
        .contains("has no key", "ReplacingMergeTree", "read the table anew");
    assertThat(
            stack.both().targetRows("SELECT id, other, v FROM " + in(table) + " FINAL ORDER BY id"))
        .containsExactly("1\t11\t111", "2\t12\t112");
  }

  private static JsonNode stateOf(TypesStack stack, String table) throws Exception {
    String path = "/api/v1/tables/%s/%s/%s".formatted(CONNECTOR, DATABASE, table);
    return stack.suite().connect().get(path);
  }

  private static void awaitEqual(TypesStack stack, String table, String end) throws Exception {
    String sql = "SELECT id, other, v FROM %s%s ORDER BY id, other, v";
    stack
        .both()
        .awaitEqual(sql.formatted(in(table), ""), sql.formatted(in(table), end), TypesStack.LIMIT);
  }

  private static String in(String table) {
    return DATABASE + "." + table;
  }
}
