package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceConnection;
import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.typos.NearestName;
import io.debezium.config.Configuration;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the source whether tables could be read for a snapshot: they exist and are captured, have a
 * key, and their filters are conditions that MySQL understands. Nothing is read and nothing
 * written.
 */
final class SnapshotCheck {
  private final Map<String, String> config;
  private final List<SnapshotTable> tables;
  private final Findings findings;

  SnapshotCheck(Map<String, String> config, List<SnapshotTable> tables, Findings findings) {
    this.config = config;
    this.tables = tables;
    this.findings = findings;
  }

  void run() {
    Connection connection;
    try {
      connection = SourceConnection.open(Configuration.from(config));
    } catch (SQLException e) {
      new ConnectFailure(config, findings).report(e);
      return;
    }
    try (connection) {
      gtids(ServerVariables.read(SourceKind.ofChecked(config), connection));
      SourceTables known = SourceTables.read(connection, filter());
      for (int i = 0; i < tables.size(); i++) {
        table(connection, known, tables.get(i), "tables[" + i + "]");
      }
    } catch (SQLException e) {
      findings.error(
          "tables",
          "The source let us in and then failed to answer a question (error "
              + e.getErrorCode()
              + ").",
          "Check the server's own log, then try again.");
    }
  }

  private io.debezium.relational.Tables.TableFilter filter() {
    return SourceKind.ofChecked(config)
        .connectorConfig(Configuration.from(config))
        .getTableFilters()
        .dataCollectionFilter();
  }

  private void gtids(ServerVariables server) {
    if (server.kind() == SourceKind.MARIADB) {
      return;
    }
    String mode = server.values().getOrDefault("gtid_mode", "OFF");
    if (!mode.equalsIgnoreCase("ON")) {
      findings.error(
          "server variable gtid_mode",
          "gtid_mode is "
              + mode
              + ": a snapshot on demand tells by GTIDs where its rows belong in the stream.",
          "Set enforce_gtid_consistency = ON, then gtid_mode = ON, in the server, and restart the"
              + " connector.");
    }
  }

  private void table(Connection connection, SourceTables known, SnapshotTable asked, String where)
      throws SQLException {
    var id = new TableId(asked.database(), null, asked.table());
    if (!known.captured().contains(id)) {
      notCaptured(connection, known, asked, where);
    } else if (!known.keyed().contains(id) && !hasMessageKey(connection, asked, where)) {
      return;
    } else if (asked.filter() != null) {
      condition(connection, asked, asked.filter(), where + ".filter");
    }
  }

  private void notCaptured(
      Connection connection, SourceTables known, SnapshotTable asked, String where)
      throws SQLException {
    if (exists(connection, asked)) {
      findings.error(
          where,
          "The connector does not capture the table " + asked.name() + ".",
          "Take it into `table.include.list` (or out of `table.exclude.list`): it is then read by"
              + " itself, with no request.");
      return;
    }
    Set<String> names =
        known.captured().stream()
            .map(table -> table.catalog() + "." + table.table())
            .collect(Collectors.toSet());
    findings.error(
        where,
        "There is no table "
            + asked.name()
            + ", or the user can't see it"
            + NearestName.of(asked.name(), names).map(name -> "; did you mean " + name).orElse("")
            + ".",
        "Correct the name, which must be written as in MySQL.");
  }

  private static boolean exists(Connection connection, SnapshotTable asked) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT 1 FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                + " AND table_schema = ? AND table_name = ?")) {
      statement.setString(1, asked.database());
      statement.setString(2, asked.table());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Whether the config names a key that serves; otherwise it is told why not. */
  private boolean hasMessageKey(Connection connection, SnapshotTable asked, String where)
      throws SQLException {
    Map<String, Boolean> key = MessageKey.of(config, connection, asked);
    String nullable =
        key.entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(column -> "`" + column.getKey() + "`")
            .collect(Collectors.joining(", "));
    if (key.isEmpty()) {
      findings.error(
          where,
          "The table "
              + asked.name()
              + " has no key: its rows can't be told apart, and would count twice.",
          "Give it a primary key, or name columns that identify a row in `message.key.columns`;"
              + " docs/keyless-tables.md says how such a table is read anew.");
    } else if (!nullable.isEmpty()) {
      findings.error(
          where,
          "The key that `message.key.columns` names for "
              + asked.name()
              + " can be NULL in "
              + nullable
              + ": such rows can't be told apart, and would be left out.",
          "Make it NOT NULL in the source, or name other columns in `message.key.columns`.");
    }
    return !key.isEmpty() && nullable.isEmpty();
  }

  /**
   * In brackets, and as what is cast: a filter that closes a bracket it did not open can pass one
   * of them, and not both.
   */
  private void condition(Connection connection, SnapshotTable asked, String filter, String where) {
    String from = "SELECT 1 FROM " + quoted(asked.database()) + "." + quoted(asked.table());
    try (Statement statement = connection.createStatement()) {
      for (String condition :
          List.of("(\n" + filter + "\n)", "CAST(\n" + filter + "\n AS SIGNED)")) {
        statement.executeQuery(from + " WHERE " + condition + " LIMIT 0").close();
      }
    } catch (SQLException e) {
      findings.error(
          where,
          SourceKind.ofChecked(config).title()
              + " does not take the filter of "
              + asked.name()
              + ": "
              + e.getMessage(),
          "Write a condition as it stands after WHERE, such as created_at >= '2026-01-01'.");
    }
  }

  private static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
