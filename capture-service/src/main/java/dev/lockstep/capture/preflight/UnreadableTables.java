package dev.lockstep.capture.preflight;

import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Finds tables of MariaDB's own kinds, which Debezium's connector can't capture: it would fail at
 * their first row in the binlog.
 */
final class UnreadableTables {
  private static final String EXCLUDE =
      "Take it out with `table.exclude.list`, or by a narrower include list";
  private static final String KINDS =
      """
      SELECT table_schema, table_name, table_type FROM information_schema.tables
        WHERE table_type IN ('SYSTEM VERSIONED', 'SEQUENCE') ORDER BY table_schema, table_name
      """;

  /** The dictionary has it in a comment for versions that know it. */
  private static final String COMPRESSED =
      """
      SELECT table_schema, table_name, column_name FROM information_schema.columns
        WHERE column_type LIKE '%COMPRESSED%' AND data_type NOT IN ('enum', 'set')
        ORDER BY table_schema, table_name, ordinal_position
      """;

  private UnreadableTables() {}

  static void check(Connection connection, TableFilter filter, Findings findings)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(KINDS)) {
        while (rows.next()) {
          ofKind(table(rows), rows.getString(3), filter, findings);
        }
      }
      try (ResultSet rows = statement.executeQuery(COMPRESSED)) {
        while (rows.next()) {
          compressed(table(rows), rows.getString(3), filter, findings);
        }
      }
    }
  }

  private static TableId table(ResultSet rows) throws SQLException {
    return new TableId(rows.getString(1), null, rows.getString(2));
  }

  private static void ofKind(TableId table, String kind, TableFilter filter, Findings findings) {
    if (filter.isIncluded(table)) {
      boolean sequence = kind.equals("SEQUENCE");
      findings.error(
          "table.include.list",
          TableNames.listed(List.of(table))
              + (sequence ? " is a sequence" : " is a system-versioned table")
              + ", which Debezium's MariaDB connector can't capture.",
          EXCLUDE + ".");
    }
  }

  private static void compressed(
      TableId table, String column, TableFilter filter, Findings findings) {
    if (filter.isIncluded(table)) {
      findings.error(
          "table.include.list",
          "The column "
              + column
              + " of "
              + TableNames.listed(List.of(table))
              + " is COMPRESSED, which Debezium's binlog client can't read.",
          EXCLUDE + "; or make the column one that is not compressed.");
    }
  }
}
