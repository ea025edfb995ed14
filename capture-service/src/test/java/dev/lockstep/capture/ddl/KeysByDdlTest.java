package dev.lockstep.capture.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import io.debezium.connector.mysql.charset.MySqlCharsetRegistryServiceProvider;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import io.debezium.relational.history.JsonTableChangeSerializer;
import io.debezium.relational.history.TableChanges;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After each statement of a script, which MySQL carries out and the parser reads, the table's key
 * is one that MySQL enforces, and the one that a connector reads off SHOW CREATE TABLE.
 */
@Tag("types")
@ExtendWith(Servers.class)
@TestInstance(Lifecycle.PER_CLASS)
class KeysByDdlTest {
  private static final String DATABASE = "keys_by_ddl";
  private static final int STATEMENTS = 16;

  private final Connection connection;
  private final Statement mysql;
  private ExactDdlParser parser = parser();
  private Tables tables = new Tables();

  KeysByDdlTest(MySqlServer server) throws SQLException {
    connection = server.connect();
    mysql = connection.createStatement();
    mysql.execute("CREATE DATABASE " + DATABASE);
    mysql.execute("USE " + DATABASE);
  }

  @BeforeEach
  void beginAnew() throws SQLException {
    mysql.execute("DROP DATABASE " + DATABASE);
    mysql.execute("CREATE DATABASE " + DATABASE);
    mysql.execute("USE " + DATABASE);
    parser = parser();
    tables = new Tables();
  }

  private static ExactDdlParser parser() {
    var parser =
        new ExactDdlParser(
            false, id -> true, new MySqlCharsetRegistryServiceProvider().createService(null, null));
    parser.setCurrentSchema(DATABASE);
    return parser;
  }

  static List<String> scripts() {
    String one = "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE KEY u (a))";
    String two =
        "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE KEY u (a), UNIQUE KEY w (b))";
    String unnamed =
        "CREATE TABLE t (a INT NOT NULL UNIQUE, b INT NOT NULL, c INT, UNIQUE (a), UNIQUE (a, b))";
    String primary =
        "CREATE TABLE t (a INT, b INT NOT NULL, c INT, PRIMARY KEY (a), UNIQUE KEY u (b))";
    String none = "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT)";
    return List.of(
        one + "; DROP INDEX u ON t",
        one + "; DROP INDEX `U` ON t; CREATE UNIQUE INDEX u ON t (b)",
        one + "; ALTER TABLE t DROP INDEX u",
        one + "; ALTER TABLE t DROP KEY u, ADD COLUMN d INT",
        one + "; ALTER TABLE t DROP CONSTRAINT u",
        one + "; ALTER TABLE t ADD UNIQUE u (b), DROP INDEX u",
        one + "; ALTER TABLE t DROP INDEX u, ADD PRIMARY KEY (b, a)",
        one + "; ALTER TABLE t RENAME INDEX u TO w; DROP INDEX w ON t",
        one + "; ALTER TABLE t RENAME KEY u TO w, ADD UNIQUE u (b); DROP INDEX u ON t",
        one + "; ALTER TABLE t MODIFY a INT; ALTER TABLE t MODIFY a INT NOT NULL",
        one + "; ALTER TABLE t CHANGE a d BIGINT NOT NULL; ALTER TABLE t DROP INDEX u",
        one + "; ALTER TABLE t CHANGE a d BIGINT",
        one + "; ALTER TABLE t RENAME COLUMN a TO d; ALTER TABLE t MODIFY d INT",
        one + "; ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD a INT NOT NULL",
        one + "; ALTER TABLE t DROP a, ADD COLUMN (a INT NOT NULL, UNIQUE (b))",
        two + "; ALTER TABLE t ALTER INDEX w INVISIBLE; DROP INDEX w ON t",
        one + "; ALTER TABLE t DROP a, CHANGE b a INT NOT NULL",
        primary + "; ALTER TABLE t DROP a, ADD a INT",
        one + "; RENAME TABLE t TO s; RENAME TABLE s TO t; DROP INDEX u ON t",
        one
            + "; ALTER TABLE t RENAME TO s, ADD UNIQUE w (b); RENAME TABLE s TO t; DROP INDEX u ON t",
        one + "; ALTER TABLE t RENAME TO s, DROP INDEX u; RENAME TABLE s TO t",
        one + "; CREATE TABLE s LIKE t; DROP TABLE t; RENAME TABLE s TO t; DROP INDEX u ON t",
        one + "; DROP TABLE t; " + none + "; CREATE UNIQUE INDEX w ON t (a)",
        one + "; CREATE TABLE s (x INT); CREATE TABLE IF NOT EXISTS t LIKE s; DROP INDEX u ON t",
        one + "; CREATE TABLE IF NOT EXISTS t (x INT PRIMARY KEY); DROP INDEX u ON t",
        one + "; CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO ALTER TABLE t DROP INDEX u",
        one + "; CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO DROP INDEX u ON t",
        one + "; CREATE PROCEDURE p() DROP INDEX u ON t",
        one + "; CREATE PROCEDURE p() BEGIN ALTER TABLE t ADD PRIMARY KEY (b); END",
        two + "; DROP INDEX u ON t; DROP INDEX w ON t",
        two + "; DROP INDEX w ON t; DROP INDEX u ON t",
        two + "; ALTER TABLE t RENAME INDEX u TO w, RENAME INDEX w TO u; DROP INDEX w ON t",
        two + "; ALTER TABLE t RENAME COLUMN a TO d, RENAME COLUMN b TO e; DROP INDEX u ON t",
        two
            + "; ALTER TABLE t MODIFY a INT; ALTER TABLE t MODIFY a INT NOT NULL; DROP INDEX w ON t",
        two + "; ALTER TABLE t MODIFY a INT, MODIFY b INT; ALTER TABLE t MODIFY b INT NOT NULL",
        two + "; ALTER TABLE t DROP INDEX u, DROP INDEX w, ADD UNIQUE x (b, a)",
        unnamed + "; DROP INDEX a ON t; DROP INDEX a_3 ON t; DROP INDEX a_2 ON t",
        unnamed + "; DROP INDEX a_2 ON t; ALTER TABLE t ADD UNIQUE (b); DROP INDEX a ON t",
        unnamed + "; ALTER TABLE t MODIFY b INT NOT NULL UNIQUE KEY; DROP INDEX b ON t",
        primary + "; ALTER TABLE t DROP PRIMARY KEY; DROP INDEX u ON t",
        primary + "; DROP INDEX `PRIMARY` ON t",
        primary + "; ALTER TABLE t DROP CONSTRAINT `PRIMARY`",
        primary + "; ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (c)",
        primary + "; ALTER TABLE t DROP COLUMN a",
        primary + "; ALTER TABLE t CHANGE a A2 INT, DROP INDEX u",
        primary + "; ALTER TABLE t MODIFY a BIGINT; ALTER TABLE t MODIFY b INT",
        primary + "; DROP INDEX u ON t; CREATE INDEX u ON t (c); DROP INDEX u ON t",
        none + "; ALTER TABLE t ADD UNIQUE (a); ALTER TABLE t ADD PRIMARY KEY (c)",
        none + "; CREATE UNIQUE INDEX u USING BTREE ON t (b DESC, a) COMMENT 'x'",
        none + "; CREATE UNIQUE INDEX u ON t (c); ALTER TABLE t MODIFY c INT NOT NULL",
        none + "; CREATE UNIQUE INDEX u ON t ((a + b)); CREATE UNIQUE INDEX w ON t (a, (b + 1))",
        none
            + "; ALTER TABLE t ADD UNIQUE ((a + b)), ADD UNIQUE (b); DROP INDEX functional_index ON t",
        none + "; ALTER TABLE t ADD d SERIAL; ALTER TABLE t DROP INDEX d, MODIFY d INT",
        none + "; ALTER TABLE t ADD d INT NOT NULL UNIQUE FIRST; DROP INDEX d ON t",
        none + "; ALTER TABLE t ADD (d INT PRIMARY KEY, e INT)",
        none + "; ALTER TABLE t ADD (d INT, e INT, CONSTRAINT k PRIMARY KEY (e, d))",
        none + "; ALTER TABLE t ADD COLUMN d INT AUTO_INCREMENT KEY",
        none + "; ALTER TABLE t ADD CONSTRAINT k UNIQUE (b); DROP INDEX k ON t",
        none + "; ALTER TABLE t ADD CONSTRAINT k UNIQUE w (b); DROP INDEX w ON t",
        none
            + "; ALTER TABLE t ADD KEY (a), ADD UNIQUE (a); DROP INDEX a ON t; DROP INDEX a_2 ON t",
        none
            + "; ALTER TABLE t ADD KEY x (a), ADD UNIQUE y (a), ALGORITHM=INPLACE; DROP INDEX x ON t",
        "CREATE TABLE t (PRIMARY KEY (a), UNIQUE (b), a INT, b INT NOT NULL)",
        "CREATE TABLE t (UNIQUE (b), a INT, b INT NOT NULL)",
        "CREATE TABLE t (a INT UNIQUE, b INT NOT NULL UNIQUE); DROP INDEX b ON t",
        "CREATE TABLE t (a INT UNIQUE KEY, b INT); ALTER TABLE t MODIFY a INT NOT NULL",
        "CREATE TABLE t (id SERIAL PRIMARY KEY, b INT); ALTER TABLE t MODIFY id BIGINT UNSIGNED NOT NULL, DROP PRIMARY KEY",
        "CREATE TABLE t (id SERIAL, b INT); ALTER TABLE t MODIFY id INT NOT NULL, DROP INDEX id",
        "CREATE TABLE t (id BIGINT SERIAL DEFAULT VALUE, b INT)",
        "CREATE TABLE t (`primary` INT NOT NULL UNIQUE, b INT); DROP INDEX primary_2 ON t",
        "CREATE TABLE t (`a``b; c` INT NOT NULL, `?` INT NOT NULL, UNIQUE KEY `u``;ü %+` (`a``b; c`, `?`)); DROP INDEX `u``;ü %+` ON t",
        "CREATE TABLE t (s VARCHAR(9) NOT NULL, b INT NOT NULL, UNIQUE p (s(3)), UNIQUE u (b)); DROP INDEX u ON t; DROP INDEX p ON t",
        "CREATE TABLE t (s VARCHAR(9) NOT NULL, b INT, UNIQUE p (s(3)), UNIQUE u (b)); ALTER TABLE t MODIFY b INT NOT NULL",
        "CREATE TABLE t (s VARCHAR(9) NOT NULL, b INT NOT NULL, UNIQUE p (s(9)), UNIQUE u (b))",
        "CREATE TABLE t (s TEXT NOT NULL, b BINARY(4) NOT NULL, UNIQUE p (s(3)), UNIQUE u (b(4)), UNIQUE q (b(2)))",
        "CREATE TABLE t (s VARCHAR(9) NOT NULL, b INT, UNIQUE p (s(3)), UNIQUE u (b), UNIQUE q (b, s(2)))",
        "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (b, a)); ALTER TABLE t DROP COLUMN b",
        "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, UNIQUE (b, a)); ALTER TABLE t DROP COLUMN b",
        "CREATE TABLE t (a INT NOT NULL, g INT AS (a + 1) STORED NOT NULL UNIQUE); DROP INDEX g ON t",
        "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL INVISIBLE, UNIQUE u (b)) ENGINE=InnoDB COMMENT='x'; DROP INDEX u ON t",
        "CREATE TABLE p (i INT PRIMARY KEY); CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, UNIQUE (b), CONSTRAINT f FOREIGN KEY (a) REFERENCES p (i)); ALTER TABLE t DROP FOREIGN KEY f; DROP INDEX b ON t");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theKeyIsTheOneThatMySqlEnforces(String script) throws SQLException {
    for (String sql : script.split("; (?=[A-Z])(?!END)", -1)) {
      mysql.execute(sql);
      parser.parse(sql, tables);
      if (tables.forTable(id()) != null) {
        List<String> key = key(tables);
        assertThat(key).as("after " + sql).isEqualTo(shownKey());
        assertEnforced(key, sql);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void theKeyIsTheOneThatMySqlEnforcesAfterRandomChanges(long seed) throws SQLException {
    var random = new RandomIndexes(seed);
    List<String> script = new ArrayList<>();
    while (script.size() < STATEMENTS) {
      String sql = script.isEmpty() ? random.createTable() : random.change();
      if (isTaken(sql)) {
        script.add(sql);
        parser.parse(sql, tables);
        List<String> key = key(tables);
        String all = String.join(";\n", script);
        assertThat(key).as(all).isEqualTo(shownKey());
        assertEnforced(key, all);
      }
    }
  }

  /** What MySQL refuses is in no binlog. */
  private boolean isTaken(String sql) {
    try {
      mysql.execute(sql);
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  @Test
  void aKeyIsFollowedAfterARestart() {
    parser.parse("CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, UNIQUE u (a))", tables);
    parser.parse("CREATE UNIQUE INDEX w ON t (b)", tables);
    var changes = new TableChanges().alter(tables.forTable(id()));
    var history = new JsonTableChangeSerializer();
    var recovered = new Tables();
    history
        .deserialize(history.serialize(changes), true)
        .forEach(change -> recovered.overwriteTable(change.getTable()));
    parser().parse("DROP INDEX u ON t", recovered);
    assertThat(key(recovered)).containsExactly("b");
  }

  private static TableId id() {
    return new TableId(DATABASE, null, "t");
  }

  private static List<String> key(Tables tables) {
    return tables.forTable(id()).primaryKeyColumnNames();
  }

  private List<String> shownKey() throws SQLException {
    try (ResultSet shown = mysql.executeQuery("SHOW CREATE TABLE t")) {
      shown.next();
      var fresh = new Tables();
      parser().parse(shown.getString(2), fresh);
      return key(fresh);
    }
  }

  /** By what the server itself says of the table's indexes. */
  private void assertEnforced(List<String> key, String sql) throws SQLException {
    Map<String, List<String>> unique = new TreeMap<>();
    List<String> noKeys = new ArrayList<>();
    try (ResultSet parts =
        mysql.executeQuery(
            "SELECT INDEX_NAME, COLUMN_NAME, NULLABLE FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = '"
                + DATABASE
                + "' AND TABLE_NAME = 't' AND NON_UNIQUE = 0 ORDER BY INDEX_NAME, SEQ_IN_INDEX")) {
      while (parts.next()) {
        String index = parts.getString(1);
        unique.computeIfAbsent(index, name -> new ArrayList<>()).add(parts.getString(2));
        if (parts.getString(2) == null || "YES".equals(parts.getString(3))) {
          noKeys.add(index);
        }
      }
    }
    noKeys.forEach(unique::remove);
    if (unique.containsKey("PRIMARY")) {
      assertThat(key).as("after " + sql).isEqualTo(unique.get("PRIMARY"));
    } else if (unique.isEmpty()) {
      assertThat(key).as("after " + sql).isEmpty();
    } else {
      assertThat(unique.values()).as("after " + sql).contains(key);
    }
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }
}
