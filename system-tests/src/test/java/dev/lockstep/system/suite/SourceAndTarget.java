package dev.lockstep.system.suite;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Eventually;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Compares the two sides by SQL on both ends, row by row, in one text form. */
public final class SourceAndTarget {
  private final MySqlServer mysql;
  private final ClickHouseServer clickHouse;

  public SourceAndTarget(MySqlServer mysql, ClickHouseServer clickHouse) {
    this.mysql = mysql;
    this.clickHouse = clickHouse;
  }

  /** Runs statements on the source, in UTC. */
  public void source(String... statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query on the source, as tab-separated text with NULL as {@code \N}. */
  public List<String> sourceRows(String sql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00'");
      try (ResultSet rows = statement.executeQuery(sql)) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            String cell = rows.getString(i);
            cells.add(cell == null ? "\\N" : escape(cell));
          }
          found.add(String.join("\t", cells));
        }
        return found;
      }
    }
  }

  /** Runs a statement on the target. */
  public void target(String statement) {
    clickHouse.query(statement);
  }

  /** The rows of a query on the target, in the same form. */
  public List<String> targetRows(String sql) {
    return clickHouse.query(sql + " FORMAT TSV").lines().toList();
  }

  /** Waits until both queries give the same rows; they have to say in what order. */
  public void awaitEqual(String sourceSql, String targetSql, Duration limit) throws SQLException {
    List<String> expected = sourceRows(sourceSql);
    Eventually.eventually(
        "the rows of " + targetSql, limit, () -> differences(expected, targetRows(targetSql)), "");
  }

  /** The first few rows that differ, or an empty text. */
  private static String differences(List<String> expected, List<String> actual) {
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (int i = 0; i < Math.max(expected.size(), actual.size()) && shown < 5; i++) {
      String left = i < expected.size() ? expected.get(i) : "(none)";
      String right = i < actual.size() ? actual.get(i) : "(none)";
      if (!left.equals(right)) {
        shown++;
        text.append("\nsource ").append(left).append("\ntarget ").append(right);
      }
    }
    return text.isEmpty() ? "" : expected.size() + " and " + actual.size() + " rows" + text;
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("'", "\\'");
  }
}
