package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightRequest;
import dev.lockstep.stack.MySqlServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real source with a few tables and users, and preflights of configs that name it. */
record Source(MySqlServer mysql) {
  static final String SECRET = "pä$$-`\"\\;{x}&=#word";
  static final String TUTORIAL =
      "SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT";

  private static final Preflight PREFLIGHT =
      new Preflight(
          new TopicNames("lockstep"),
          new Credentials(CredentialsSettings.DEFAULT),
          Duration.ofSeconds(15));

  /** Makes the tables and {@code pf_good}, who may do what Debezium's tutorial grants. */
  static void make(MySqlServer mysql) throws SQLException {
    run(
        mysql,
        "CREATE DATABASE IF NOT EXISTS preflight_db",
        "CREATE TABLE IF NOT EXISTS preflight_db.customers (id INT PRIMARY KEY)",
        "CREATE TABLE IF NOT EXISTS preflight_db.orders (id INT PRIMARY KEY)",
        "CREATE TABLE IF NOT EXISTS preflight_db.by_code (code INT NOT NULL UNIQUE)",
        "CREATE TABLE IF NOT EXISTS preflight_db.heap (note TEXT, code INT UNIQUE)");
    user(mysql, "pf_good", "GRANT " + TUTORIAL + " ON *.* TO pf_good");
    user(mysql, "pf_none");
  }

  PreflightReport check(Map<String, String> more) throws InterruptedException {
    Map<String, String> config = config();
    config.putAll(more);
    return checkOnly(config);
  }

  PreflightReport checkOnly(Map<String, String> config) throws InterruptedException {
    PreflightReport report = PREFLIGHT.check(new PreflightRequest("c", config));
    assertThat(json(report)).doesNotContain(SECRET);
    return report;
  }

  /** On one connection: a variable can keep new ones out. */
  PreflightReport withVariable(String variable, String value, Map<String, String> more)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET GLOBAL " + variable + " = '" + value + "'");
      try {
        Map<String, String> config = new HashMap<>(more);
        config.put("table.exclude.list", ".*heap");
        return check(config);
      } finally {
        statement.execute("SET GLOBAL " + variable + " = DEFAULT");
      }
    }
  }

  Map<String, String> config() {
    return config(mysql);
  }

  static Map<String, String> config(MySqlServer mysql) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.put("database.hostname", mysql.host());
    config.put("database.port", String.valueOf(mysql.port()));
    config.put("database.user", "pf_good");
    config.put("database.password", SECRET);
    config.put("database.server.id", "184054");
    config.put("topic.prefix", "preflight");
    config.put("database.include.list", "preflight_db");
    return config;
  }

  static String json(PreflightReport report) {
    return new String(ControlCodec.encode(report), StandardCharsets.UTF_8);
  }

  static Finding only(PreflightReport report, String key) {
    List<Finding> findings = report.findings();
    assertThat(findings).extracting(Finding::key).containsExactly(key);
    return findings.getFirst();
  }

  static void user(MySqlServer mysql, String name, String... grants) throws SQLException {
    String password = SECRET.replace("\\", "\\\\").replace("'", "\\'");
    run(mysql, "CREATE USER IF NOT EXISTS " + name + " IDENTIFIED BY '" + password + "'");
    run(mysql, grants);
  }

  static void run(MySqlServer mysql, String... statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
