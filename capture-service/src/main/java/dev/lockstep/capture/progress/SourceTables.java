package dev.lockstep.capture.progress;

import dev.lockstep.capture.progress.InitialSnapshot.SourceTable;
import dev.lockstep.capture.source.SourceConnection;
import io.debezium.config.Configuration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the source for its estimates of tables' rows. */
final class SourceTables {
  private static final Logger log = LoggerFactory.getLogger(SourceTables.class);
  private static final int UNKNOWN_VARIABLE = 1193;

  /** MySQL keeps estimates for a day; those of a table that was just filled would be 0. */
  private static final String FRESH = "SET SESSION information_schema_stats_expiry = 0";

  private static final String QUERY =
      """
      SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS FROM information_schema.TABLES
      WHERE TABLE_TYPE = 'BASE TABLE'
        AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')
      """;

  private final Map<String, String> config;

  /** Of the source that this config names; the config holds secrets. */
  SourceTables(Map<String, String> config) {
    this.config = config;
  }

  /**
   * Names and estimates of tables; fewer when the source does not answer.
   *
   * @param identifiers as {@code database.table}
   */
  List<SourceTable> read(Set<String> identifiers) {
    List<SourceTable> found = new ArrayList<>();
    try (Connection connection = SourceConnection.open(Configuration.from(config));
        Statement statement = connection.createStatement()) {
      freshen(statement);
      try (ResultSet rows = statement.executeQuery(QUERY)) {
        while (rows.next()) {
          long estimate = rows.getLong(3);
          Long known = rows.wasNull() ? null : Long.valueOf(estimate);
          var table = new SourceTable(rows.getString(1), rows.getString(2), known);
          if (identifiers.contains(table.identifier())) {
            found.add(table);
          }
        }
      }
    } catch (SQLException e) {
      log.atInfo()
          .addKeyValue("code", e.getErrorCode())
          .log("The source did not tell its estimates of the tables' rows");
    }
    return found;
  }

  /** MariaDB keeps none, and does not know the variable. */
  private static void freshen(Statement statement) throws SQLException {
    try {
      statement.execute(FRESH);
    } catch (SQLException e) {
      if (e.getErrorCode() != UNKNOWN_VARIABLE) {
        throw e;
      }
    }
  }
}
