package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.SharedServers;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.SourceAndTarget;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A source, a target and a suite whose time zones all differ: the server's, the writer's session,
 * and the JVMs of capture-service and apply-service. All have daylight saving time.
 */
final class TypesStack implements AutoCloseable {
  /** How long a change may take to be in the target; longer on a slow machine. */
  static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 180));

  private static final String SERVER = "America/New_York";
  private static final String WRITER = "Australia/Lord_Howe";
  private static final String CAPTURE = "Europe/Berlin";
  private static final String APPLY = "America/St_Johns";

  private final MySqlServer mysql;
  private final ClickHouseServer clickHouse;
  private final LockstepSuite suite;
  private final SourceAndTarget both;

  /** Starts all, with a MySQL as the source. */
  TypesStack() throws Exception {
    this(SharedServers.ownMySql("--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0"), "types");
  }

  /**
   * Starts all.
   *
   * @param source a server that is closed with the stack
   * @param prefix of the suite's topics
   */
  TypesStack(MySqlServer source, String prefix) throws Exception {
    mysql = source;
    mysql.start();
    clickHouse = SharedServers.clickHouse();
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      ZoneTables.load(connection, List.of(SERVER, WRITER));
      statement.execute("SET GLOBAL time_zone = '" + SERVER + "'");
    }
    both = new SourceAndTarget(mysql, clickHouse);
    suite = new LockstepSuite(prefix, SharedServers.kafka(), clickHouse);
    suite.capture.withFlags("-Duser.timezone=" + CAPTURE);
    suite.apply.withFlags("-Duser.timezone=" + APPLY);
    suite.start();
  }

  /**
   * Runs statements on the source as an application would, in a session of its own zone; strict,
   * with zero dates allowed.
   */
  void write(Collection<String> statements) throws SQLException {
    write("STRICT_ALL_TABLES", statements);
  }

  /** The same with an {@code sql_mode}. */
  void write(String sqlMode, Collection<String> statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '" + WRITER + "'");
      statement.execute("SET sql_mode = '" + sqlMode + "'");
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          throw new SQLException(e.getMessage() + " in " + shortened(sql), e);
        }
      }
    }
  }

  /** Runs statements in one transaction each, as far as keys allow: a duplicate is left out. */
  void tryAll(List<String> statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = 'STRICT_ALL_TABLES'");
      for (String sql : statements) {
        tryOne(statement, sql);
      }
    }
  }

  private static void tryOne(Statement statement, String sql) throws SQLException {
    try {
      statement.execute(sql);
    } catch (SQLIntegrityConstraintViolationException _) {
      // The table stays as it was: the source is the measure of what the target should have.
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + " in " + shortened(sql), e);
    }
  }

  private static String shortened(String sql) {
    return sql.length() > 500 ? sql.substring(0, 500) + "…" : sql;
  }

  /** Starts a connector of this name and topic prefix for a database, with three partitions. */
  void connect(String name, String database) throws Exception {
    Map<String, String> config = ConnectApi.tutorial(mysql, name, Pattern.quote(database));
    config.put("topic.creation.default.partitions", "3");
    var answer = suite.connect().post(name, config);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Ends a connector, and drops its topics and its database on both ends. */
  void forget(String connector, String database) throws Exception {
    var answer =
        suite.connect().call("DELETE", "/connectors/" + connector + "?remove=state,topics", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    write(List.of("DROP DATABASE " + Quoted.source(database)));
    clickHouse.query("DROP DATABASE " + Quoted.target(database));
  }

  /** Makes a table mapping with options. */
  void map(String name, String tables, String options) throws Exception {
    map(name, tables, "options", options);
  }

  /** Makes a table mapping with one property beside its tables, whose value is JSON. */
  void map(String name, String tables, String property, String value) throws Exception {
    String body =
        "{\"tables\": %s, \"%s\": %s}"
            .formatted(JsonMapper.shared().writeValueAsString(tables), property, value);
    var answer = suite.connect().call("PUT", "/api/v1/mappings/" + name, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** What the suite says of a connector, and of tables that don't run. */
  String state(String connector) {
    try {
      StringBuilder text = new StringBuilder();
      text.append(suite.connect().call("GET", "/connectors/" + connector + "/status", "").body());
      for (JsonNode table : suite.connect().get("/api/v1/tables").path("items")) {
        if (!table.path("state").asString("").equals("RUNNING")) {
          text.append('\n').append(table);
        }
      }
      return text.toString();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  SourceAndTarget both() {
    return both;
  }

  MySqlServer mysql() {
    return mysql;
  }

  ClickHouseServer clickHouse() {
    return clickHouse;
  }

  LockstepSuite suite() {
    return suite;
  }

  @Override
  public void close() throws IOException {
    suite.close();
    mysql.close();
  }
}
