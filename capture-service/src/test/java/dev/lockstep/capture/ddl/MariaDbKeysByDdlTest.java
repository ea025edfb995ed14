package dev.lockstep.capture.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.junit.Servers;
import io.debezium.connector.mariadb.charset.MariaDbCharsetRegistryServiceProvider;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link KeysByDdlTest}, with MariaDB and its own forms of statements. */
@Tag("capture")
@Tag("types")
@ExtendWith(Servers.class)
@TestInstance(Lifecycle.PER_CLASS)
class MariaDbKeysByDdlTest {
  private static final String DATABASE = "keys_by_ddl";
  private static final int STATEMENTS = 16;

  private final Connection connection;
  private final Statement mariaDb;
  private MariaDbDdlParser parser = parser();
  private Tables tables = new Tables();

  MariaDbKeysByDdlTest(MariaDbServer server) throws SQLException {
    connection = server.connect();
    mariaDb = connection.createStatement();
    mariaDb.execute("CREATE DATABASE " + DATABASE);
  }

  @BeforeEach
  void beginAnew() throws SQLException {
    mariaDb.execute("DROP DATABASE " + DATABASE);
    mariaDb.execute("CREATE DATABASE " + DATABASE);
    mariaDb.execute("USE " + DATABASE);
    parser = parser();
    tables = new Tables();
  }

  private static MariaDbDdlParser parser() {
    var parser =
        new MariaDbDdlParser(
            false,
            id -> true,
            new MariaDbCharsetRegistryServiceProvider().createService(null, null));
    parser.setCurrentSchema(DATABASE);
    return parser;
  }

  static List<String> scripts() {
    String one = "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE KEY u (a))";
    return List.of(
        one + "; ALTER TABLE t DROP INDEX IF EXISTS nothing; ALTER TABLE t DROP INDEX IF EXISTS u",
        one + "; DROP INDEX IF EXISTS nothing ON t; DROP INDEX IF EXISTS u ON t",
        one + "; ALTER TABLE t ADD UNIQUE KEY IF NOT EXISTS u (b); DROP INDEX u ON t",
        one + "; CREATE UNIQUE INDEX IF NOT EXISTS u ON t (b); DROP INDEX u ON t",
        one + "; CREATE OR REPLACE UNIQUE INDEX u ON t (b)",
        one + "; CREATE OR REPLACE TABLE t (a INT NOT NULL, b INT UNIQUE)",
        one + "; CREATE TABLE IF NOT EXISTS t (x INT PRIMARY KEY); DROP INDEX u ON t",
        one + "; CREATE TABLE s (x INT); CREATE TABLE IF NOT EXISTS t LIKE s; DROP INDEX u ON t",
        one + "; CREATE TABLE s (x INT PRIMARY KEY); CREATE OR REPLACE TABLE t LIKE s",
        one + "; ALTER TABLE t ADD PRIMARY KEY IF NOT EXISTS (b)",
        one + "; ALTER TABLE t ADD COLUMN IF NOT EXISTS a BIGINT, DROP COLUMN IF EXISTS z",
        one + "; ALTER TABLE t MODIFY COLUMN IF EXISTS z INT, MODIFY IF EXISTS a INT",
        one + "; ALTER TABLE t CHANGE COLUMN IF EXISTS z y INT, RENAME COLUMN a TO d",
        one + "; ALTER TABLE t DROP CONSTRAINT u",
        one + "; ALTER TABLE t DROP CONSTRAINT IF EXISTS u, ADD CONSTRAINT v UNIQUE (b)",
        one + "; ALTER IGNORE TABLE t ADD UNIQUE (b, a); DROP INDEX u ON t",
        one + "; SET STATEMENT lock_wait_timeout=1 FOR ALTER TABLE t DROP INDEX u",
        "CREATE TABLE t (u UUID PRIMARY KEY, i INET6 NOT NULL UNIQUE); ALTER TABLE t DROP PRIMARY KEY",
        "CREATE TABLE t (a INT NOT NULL UNIQUE CHECK (a > 0), j JSON NOT NULL, UNIQUE (j(9)))");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theKeyIsTheOneThatMariaDbEnforces(String script) throws SQLException {
    for (String sql : script.split("; (?=[A-Z])", -1)) {
      mariaDb.execute(sql);
      parser.parse(sql, tables);
      if (tables.forTable(id()) != null) {
        assertThat(key(tables)).as("after " + sql).isEqualTo(shownKey());
      }
    }
  }

  /** Those of MySQL's scripts that MariaDB takes, as far as it takes them. */
  @ParameterizedTest
  @MethodSource("dev.lockstep.capture.ddl.KeysByDdlTest#scripts")
  void theKeyIsTheOneThatMariaDbEnforcesAfterStatementsOfMySqls(String script) throws SQLException {
    for (String sql : script.split("; (?=[A-Z])(?!END)", -1)) {
      if (isTaken(sql)) {
        parser.parse(sql, tables);
        if (tables.forTable(id()) != null) {
          assertThat(key(tables)).as("after " + sql).isEqualTo(shownKey());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theKeyIsTheOneThatMariaDbEnforcesAfterRandomChanges(long seed) throws SQLException {
    var random = new RandomIndexes(seed);
    List<String> script = new ArrayList<>();
    while (script.size() < STATEMENTS) {
      String sql = script.isEmpty() ? random.createTable() : random.change();
      if (isTaken(sql)) {
        script.add(sql);
        parser.parse(sql, tables);
        assertEnforced(key(tables), String.join(";\n", script));
      }
    }
  }

  /** What the server refuses is in no binlog. */
  private boolean isTaken(String sql) {
    try {
      mariaDb.execute(sql);
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  private static TableId id() {
    return new TableId(DATABASE, null, "t");
  }

  private static List<String> key(Tables tables) {
    return tables.forTable(id()).primaryKeyColumnNames();
  }

  private List<String> shownKey() throws SQLException {
    try (ResultSet shown = mariaDb.executeQuery("SHOW CREATE TABLE t")) {
      shown.next();
      var fresh = new Tables();
      parser().parse(shown.getString(2), fresh);
      return key(fresh);
    }
  }

  /**
   * By what the server itself says of the table's indexes. Which of several it shows first depends
   * on whether a column was NULL when they were made.
   */
  private void assertEnforced(List<String> key, String script) throws SQLException {
    Map<String, List<String>> unique = new TreeMap<>();
    Set<String> nullable = new HashSet<>();
    try (ResultSet parts =
        mariaDb.executeQuery(
            "SELECT INDEX_NAME, COLUMN_NAME, NULLABLE FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = '"
                + DATABASE
                + "' AND TABLE_NAME = 't' AND NON_UNIQUE = 0 ORDER BY INDEX_NAME, SEQ_IN_INDEX")) {
      while (parts.next()) {
        unique
            .computeIfAbsent(parts.getString(1), name -> new ArrayList<>())
            .add(parts.getString(2));
        if ("YES".equals(parts.getString(3))) {
          nullable.add(parts.getString(1));
        }
      }
    }
    unique.keySet().removeAll(nullable);
    if (unique.isEmpty()) {
      assertThat(key).as(script).isEmpty();
    } else if (unique.containsKey("PRIMARY")) {
      assertThat(key).as(script).isEqualTo(unique.get("PRIMARY"));
    } else {
      assertThat(unique.values()).as(script).contains(key);
    }
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }
}
