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
 * Asks the source whether tables could be read for a snapshot: they exist and are captured, can be
 * locked where that is needed, and their filters are conditions that MySQL understands. Nothing is
 * read and nothing written.
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
      SourceKind kind = SourceKind.ofChecked(config);
      boolean withoutGtids = isWithoutGtids(ServerVariables.read(kind, connection));
      Grants grants = Grants.read(kind, connection);
      SourceTables known = SourceTables.read(connection, filter());
      for (int i = 0; i < tables.size(); i++) {
        String where = "tables[" + i + "]";
        if (isReadable(connection, known, tables.get(i), where)
            && (withoutGtids || !hasKey(connection, known, tables.get(i)))) {
          lockable(grants, tables.get(i), where);
        }
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

  private static boolean isWithoutGtids(ServerVariables server) {
    return server.kind() == SourceKind.MYSQL
        && !server.values().getOrDefault("gtid_mode", "OFF").equalsIgnoreCase("ON");
  }

  /** Whether the table can be read; otherwise it is told why not. */
  private boolean isReadable(
      Connection connection, SourceTables known, SnapshotTable asked, String where)
      throws SQLException {
    if (!known.captured().contains(id(asked))) {
      notCaptured(connection, known, asked, where);
      return false;
    }
    if (!known.keyed().contains(id(asked)) && !hasSoundMessageKey(connection, asked, where)) {
      return false;
    }
    if (asked.filter() == null) {
      return true;
    }
    if (hasKey(connection, known, asked)) {
      return condition(connection, asked, asked.filter(), where + ".filter");
    }
    findings.error(
        where + ".filter",
        "The table "
            + asked.name()
            + " has no key: what is read takes the place of all its rows, not of some.",
        "Leave the filter out, give the table a primary key, or name columns that identify a row in"
            + " `message.key.columns`.");
    return false;
  }

  private static TableId id(SnapshotTable asked) {
    return new TableId(asked.database(), null, asked.table());
  }

  private boolean hasKey(Connection connection, SourceTables known, SnapshotTable asked)
      throws SQLException {
    return known.keyed().contains(id(asked)) || !MessageKey.of(config, connection, asked).isEmpty();
  }

  /** A table that is read as a whole is locked while that begins. */
  private void lockable(Grants grants, SnapshotTable asked, String where) {
    if (!grants.on("LOCK TABLES", asked.database(), asked.table())) {
      findings.error(
          where,
          "The user "
              + grants.account()
              + " lacks the privilege LOCK TABLES: "
              + asked.name()
              + " has no key, or the source no GTIDs, so it is read as a whole and locked for a"
              + " moment.",
          "GRANT LOCK TABLES ON " + quoted(asked.database()) + ".* TO " + grants.account() + ";");
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

  /** Whether rows with the key that the config names, if any, can be told apart. */
  private boolean hasSoundMessageKey(Connection connection, SnapshotTable asked, String where)
      throws SQLException {
    String nullable =
        MessageKey.of(config, connection, asked).entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(column -> "`" + column.getKey() + "`")
            .collect(Collectors.joining(", "));
    if (!nullable.isEmpty()) {
      findings.error(
          where,
          "The key that `message.key.columns` names for "
              + asked.name()
              + " can be NULL in "
              + nullable
              + ": such rows can't be told apart, and would be left out.",
          "Make it NOT NULL in the source, or name other columns in `message.key.columns`.");
    }
    return nullable.isEmpty();
  }

  /**
   * In brackets, and as what is cast: a filter that closes a bracket it did not open can pass one
   * of them, and not both.
   */
  private boolean condition(
      Connection connection, SnapshotTable asked, String filter, String where) {
    String from = "SELECT 1 FROM " + quoted(asked.database()) + "." + quoted(asked.table());
    try (Statement statement = connection.createStatement()) {
      for (String condition :
          List.of("(\n" + filter + "\n)", "CAST(\n" + filter + "\n AS SIGNED)")) {
        statement.executeQuery(from + " WHERE " + condition + " LIMIT 0").close();
      }
      return true;
    } catch (SQLException e) {
      findings.error(
          where,
          SourceKind.ofChecked(config).title()
              + " does not take the filter of "
              + asked.name()
              + ": "
              + e.getMessage(),
          "Write a condition as it stands after WHERE, such as created_at >= '2026-01-01'.");
      return false;
    }
  }

  private static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
