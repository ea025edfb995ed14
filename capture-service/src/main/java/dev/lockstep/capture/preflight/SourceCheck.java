package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceConnection;
import dev.lockstep.capture.source.SourceKind;
import io.debezium.config.Configuration;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the source itself: whether it lets us in, what it writes, what the user may read. */
final class SourceCheck {
  private static final Logger log = LoggerFactory.getLogger(SourceCheck.class);

  private final Map<String, String> config;
  private final SourceKind kind;
  private final Findings findings;

  /** For a config whose class was checked. */
  SourceCheck(Map<String, String> config, Findings findings) {
    this.config = config;
    this.kind = SourceKind.ofChecked(config);
    this.findings = findings;
  }

  /**
   * Adds what it finds.
   *
   * @param withTables whether the filters are sound, so that tables can be matched
   */
  void run(boolean withTables) {
    Connection connection;
    try {
      connection = SourceConnection.open(Configuration.from(config));
    } catch (SQLException e) {
      new ConnectFailure(config, findings).report(e);
      return;
    }
    try (connection) {
      inspect(connection, withTables);
    } catch (SQLException e) {
      questionFailed(e);
    }
  }

  /**
   * Adds the errors that stop an engine which is about to start. A source that can't be asked adds
   * none.
   *
   * @param withSnapshot whether it begins with a snapshot, which takes more privileges
   */
  void beforeStart(boolean withSnapshot) {
    try (Connection connection = SourceConnection.open(Configuration.from(config))) {
      ServerVariables server = ServerVariables.read(kind, connection);
      if (server.checkVersion(findings)) {
        server.check(config, findings);
        var grants = new GrantCheck(Grants.read(kind, connection), config, findings);
        grants.checkReplication();
        if (withSnapshot) {
          grants.checkServerWide(server);
        }
      }
    } catch (SQLException e) {
      log.atDebug().setCause(e).log("The source can't be asked before the start");
    }
  }

  private void inspect(Connection connection, boolean withTables) throws SQLException {
    ServerVariables server = ServerVariables.read(kind, connection);
    if (!server.checkVersion(findings)) {
      return;
    }
    server.check(config, findings);
    ClockSkew.check(connection, findings);
    var grants = new GrantCheck(Grants.read(kind, connection), config, findings);
    grants.checkReplication();
    grants.checkServerWide(server);
    if (grants.mayListReplicas()) {
      ConnectedReplicas.check(connection, config, findings);
    }
    if (grants.checkSelectAtAll(TableNames.namedDatabases(config)) && withTables) {
      SourceTables tables = SourceTables.read(connection, filter());
      tables(tables, grants);
      TransformTrial.check(connection, tables.captured(), config, findings);
      Retention.check(connection, tables.captured(), server, findings);
      if (kind == SourceKind.MARIADB) {
        UnreadableTables.check(connection, filter(), findings);
      }
    }
  }

  private TableFilter filter() {
    return kind.connectorConfig(Configuration.from(config))
        .getTableFilters()
        .dataCollectionFilter();
  }

  private void tables(SourceTables tables, GrantCheck grants) {
    if (tables.captured().isEmpty()) {
      findings.error(
          listKey(),
          "No table that the "
              + kind.title()
              + " user "
              + grants.account()
              + " can see is captured.",
          "Check the include and exclude lists against the table names; if a table exists, let the"
              + " user see it: "
              + grants.grantSelectOn(TableNames.namedDatabases(config)));
      return;
    }
    grants.checkSelect(tables.captured());
    withoutKey(tables.withoutKey());
    alikeTopics(tables.withAlikeTopics());
    notFound(TableNames.namedBeyond(config, tables.captured()));
  }

  private void withoutKey(List<TableId> tables) {
    if (!tables.isEmpty()) {
      findings.warning(
          listKey(),
          "These tables have no primary key, nor a unique key of NOT NULL columns, and are kept as"
              + " signed rows behind a view, which costs more: "
              + TableNames.listed(tables)
              + ".",
          "Add a primary key where you can, or take them out with `table.exclude.list` or the"
              + " include list; docs/keyless-tables.md says what they cost.");
    }
  }

  private void alikeTopics(List<List<TableId>> groups) {
    for (List<TableId> tables : groups) {
      findings.error(
          listKey(),
          "Kafka takes the topics of these tables for one, as `.` and `_` are the same to it in"
              + " names: "
              + TableNames.listed(tables)
              + ".",
          "Capture one of them by a connector of its own, with another `topic.prefix`, and take it"
              + " out here with `table.exclude.list`.");
    }
  }

  private void notFound(List<TableId> tables) {
    if (!tables.isEmpty()) {
      findings.warning(
          "table.include.list",
          "These tables are named but don't exist, or the user can't see them: "
              + TableNames.listed(tables)
              + ".",
          "Correct the names, or create the tables: they are captured from then on.");
    }
  }

  private String listKey() {
    return config.containsKey("table.include.list") || !config.containsKey("database.include.list")
        ? "table.include.list"
        : "database.include.list";
  }

  private void questionFailed(SQLException failure) {
    String code =
        kind.title() + " error " + failure.getErrorCode() + ", SQLSTATE " + failure.getSQLState();
    log.atWarn().addKeyValue("code", code).log("A preflight's question to the source failed");
    findings.error(
        "database.hostname",
        "The source let us in and then failed to answer a question (" + code + ").",
        "Check the server's own log, then try again.");
  }
}
