package dev.lockstep.system.types;

import java.util.ArrayList;
import java.util.List;

/** A case's values in a table where {@code v} may be NULL and {@code n} may not. */
final class ValueScenario {
  private static final int STREAMED = 1000;

  private final String table;
  private final TypeCase of;

  private ValueScenario(String table, TypeCase of) {
    this.table = table;
    this.of = of;
  }

  /** In a table that is there before the connector, and so is first read by the snapshot. */
  static Scenario snapshotted(String table, TypeCase of) {
    ValueScenario scenario = new ValueScenario(table, of);
    return scenario.carriedOut(scenario.begin(), scenario.change());
  }

  /**
   * In a table that is made while the connector runs: its types are read from the DDL in the
   * binlog.
   */
  static Scenario streamed(String table, TypeCase of) {
    ValueScenario scenario = new ValueScenario(table, of);
    List<String> all = new ArrayList<>(scenario.begin());
    all.addAll(scenario.change());
    return scenario.carriedOut(List.of(), all);
  }

  private Scenario carriedOut(List<String> begin, List<String> change) {
    return new Scenario(
        of.toString(),
        begin,
        change,
        "SELECT id, %s, %s FROM %s"
            .formatted(of.form().ofSource("v"), of.form().ofSource("n"), table),
        "SELECT id, %s, %s FROM %s FINAL"
            .formatted(of.form().ofTarget("v"), of.form().ofTarget("n"), table));
  }

  private List<String> begin() {
    List<String> sql = new ArrayList<>();
    sql.add(
        "CREATE TABLE %s (id INT PRIMARY KEY, v %s NULL, n %s NOT NULL)"
            .formatted(table, of.type(), of.type()));
    sql.add(inserts(0));
    return sql;
  }

  /**
   * Inserts the rows again, gives every earlier row the value of another, turns NULL into a value
   * and back, and deletes a third of all rows.
   */
  private List<String> change() {
    int count = of.values().size();
    List<String> sql = new ArrayList<>();
    sql.add(inserts(STREAMED));
    for (int i = 0; i < count; i++) {
      sql.add(
          "UPDATE %s SET v = %s, n = %s WHERE id = %d"
              .formatted(table, value(i + 1), value(i + 2), i));
    }
    sql.add("UPDATE %s SET v = n WHERE id = %d".formatted(table, count));
    sql.add("UPDATE %s SET v = NULL WHERE id = %d".formatted(table, STREAMED));
    sql.add("DELETE FROM %s WHERE id %% 3 = 1".formatted(table));
    return sql;
  }

  private String inserts(int firstId) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i <= of.values().size(); i++) {
      String nullable = i == of.values().size() ? "NULL" : value(i);
      rows.add("(%d, %s, %s)".formatted(firstId + i, nullable, value(i)));
    }
    return "INSERT INTO %s VALUES %s".formatted(table, String.join(", ", rows));
  }

  private String value(int i) {
    return of.values().get(i % of.values().size());
  }
}
