package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.common.preflight.PreflightRequest;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the source can tell. */
@ExtendWith(Servers.class)
class SourcePreflightTest {
  private static final String SECRET = "pä$$-`\"\\;{x}&=#word";
  private static final String TUTORIAL =
      "SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT";
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Preflight preflight = new Preflight(new TopicNames("lockstep"), LIMIT);
  private final MySqlServer mysql = SharedServers.mysql();

  @BeforeAll
  static void makeTables(MySqlServer mysql) throws SQLException {
    run(
        mysql,
        "CREATE DATABASE preflight_db",
        "CREATE TABLE preflight_db.customers (id INT PRIMARY KEY)",
        "CREATE TABLE preflight_db.orders (id INT PRIMARY KEY)",
        "CREATE TABLE preflight_db.by_code (code INT NOT NULL UNIQUE)",
        "CREATE TABLE preflight_db.heap (note TEXT, code INT UNIQUE)");
    user(mysql, "pf_good", "GRANT " + TUTORIAL + " ON *.* TO pf_good");
    user(mysql, "pf_none");
  }

  @Test
  void aGoodConfigPasses() throws Exception {
    PreflightReport report =
        check(Map.of("table.include.list", "preflight_db.(customers|orders|by_code)"));
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void tablesWithoutAKeyAreNamed() throws Exception {
    PreflightReport report = check(Map.of());
    assertThat(report.passed()).isTrue();
    assertThat(only(report, "database.include.list").problem())
        .contains("preflight_db.heap")
        .doesNotContain("by_code");
  }

  @Test
  void aWrongPasswordIsSaidOfThePassword() throws Exception {
    PreflightReport report = check(Map.of("database.password", "not-it-" + SECRET));
    assertThat(only(report, "database.password").problem()).contains("pf_good");
    assertThat(json(report)).doesNotContain("not-it-");
  }

  @Test
  void aMissingPasswordIsSaidOfThePassword() throws Exception {
    Map<String, String> config = config();
    config.remove("database.password");
    PreflightReport report = preflight.check(new PreflightRequest("c", config));
    assertThat(only(report, "database.password").problem()).contains("No password is set");
  }

  @Test
  void anUnknownHostIsSaidOfTheHost() throws Exception {
    PreflightReport report = check(Map.of("database.hostname", "nowhere.invalid"));
    assertThat(only(report, "database.hostname").problem()).contains("nowhere.invalid");
  }

  @Test
  void aClosedPortIsSaidOfThePort() throws Exception {
    PreflightReport report = check(Map.of("database.port", String.valueOf(closedPort())));
    assertThat(only(report, "database.port").problem()).contains("127.0.0.1:");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Map<String, String> config = config();
      config.put("database.port", String.valueOf(silent.getLocalPort()));
      var impatient = new Preflight(new TopicNames("lockstep"), Duration.ofSeconds(1));
      PreflightReport report = impatient.check(new PreflightRequest("c", config));
      assertThat(only(report, "database.hostname").problem()).contains("within 1 seconds");
    }
  }

  @Test
  void aServerThatTakesTlsOnlyIsSaidOfTheSslMode() throws Exception {
    PreflightReport report =
        withVariable("require_secure_transport", "ON", Map.of("database.ssl.mode", "disabled"));
    assertThat(only(report, "database.ssl.mode").remedy()).contains("required");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsSaidOfTheSslMode() throws Exception {
    PreflightReport report = check(Map.of("database.ssl.mode", "verify_ca"));
    assertThat(only(report, "database.ssl.mode").remedy()).contains("truststore");
  }

  @ParameterizedTest
  @CsvSource({"binlog_format, STATEMENT, ROW", "binlog_row_image, MINIMAL, FULL"})
  void aBinlogThatLacksRowsIsRefused(String variable, String value, String wanted)
      throws Exception {
    Finding finding = only(withVariable(variable, value, Map.of()), "server variable " + variable);
    assertThat(finding.problem()).contains(variable + " is " + value);
    assertThat(finding.remedy()).contains("SET GLOBAL " + variable + " = '" + wanted + "'");
  }

  @Test
  void partialJsonIsRefused() throws Exception {
    PreflightReport report = withVariable("binlog_row_value_options", "PARTIAL_JSON", Map.of());
    assertThat(only(report, "server variable binlog_row_value_options").problem())
        .contains("PARTIAL_JSON");
  }

  @Test
  void aServerWithoutABinlogIsRefusedAndOneWithoutGtidsIsWarnedOf() throws Exception {
    try (MySqlServer bare =
        SharedServers.ownMySql(
            "--skip-log-bin", "--gtid-mode=OFF", "--enforce-gtid-consistency=OFF")) {
      bare.start();
      Map<String, String> config = config(bare);
      config.put("database.user", bare.user());
      config.put("database.password", bare.password());
      PreflightReport report = preflight.check(new PreflightRequest("c", config));
      assertThat(report.findings())
          .extracting(Finding::severity, Finding::key)
          .contains(
              tuple(Severity.ERROR, "server variable log_bin"),
              tuple(Severity.WARNING, "server variable gtid_mode"));
    }
  }

  @Test
  void theServersOwnIdIsRefused() throws Exception {
    PreflightReport report =
        check(Map.of("database.server.id", "1", "table.exclude.list", ".*heap"));
    assertThat(only(report, "database.server.id").problem()).contains("the server's own id");
  }

  @Test
  void eachMissingPrivilegeIsNamedWithItsGrant() throws Exception {
    PreflightReport report = check(Map.of("database.user", "pf_none"));
    assertThat(report.passed()).isFalse();
    assertThat(report.findings())
        .extracting(Finding::remedy)
        .containsExactly(
            "GRANT REPLICATION SLAVE ON *.* TO 'pf_none'@'%';",
            "GRANT REPLICATION CLIENT ON *.* TO 'pf_none'@'%';",
            "GRANT RELOAD ON *.* TO 'pf_none'@'%';",
            "GRANT SHOW DATABASES ON *.* TO 'pf_none'@'%';",
            "GRANT SELECT ON `preflight_db`.* TO 'pf_none'@'%';");
    assertThat(report.findings()).allMatch(f -> f.key().equals("database.user"));
  }

  @ParameterizedTest
  @CsvSource({"REPLICATION SLAVE", "REPLICATION CLIENT", "RELOAD"})
  void oneMissingPrivilegeIsTheOnlyError(String privilege) throws Exception {
    String user = "pf_no_" + privilege.substring(privilege.length() - 3);
    user(
        mysql,
        user,
        "GRANT " + TUTORIAL + " ON *.* TO " + user,
        "REVOKE " + privilege + " ON *.* FROM " + user);
    Finding finding =
        only(check(Map.of("database.user", user, "table.exclude.list", ".*heap")), "database.user");
    assertThat(finding.problem()).contains(privilege);
  }

  @Test
  void theGrantThatIsAdvisedMendsIt() throws Exception {
    user(mysql, "pf_mended");
    Map<String, String> config = config();
    config.put("database.user", "pf_mended");
    config.put("table.exclude.list", ".*heap");
    for (Finding finding : preflight.check(new PreflightRequest("c", config)).findings()) {
      run(mysql, finding.remedy());
    }
    assertThat(preflight.check(new PreflightRequest("c", config)).findings()).isEmpty();
  }

  @Test
  void aSelectOnOneTableDoesNotCoverTheOthers() throws Exception {
    user(
        mysql,
        "pf_part",
        "GRANT SHOW DATABASES, RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO pf_part",
        "GRANT SELECT ON preflight_db.customers TO pf_part",
        "GRANT INSERT ON preflight_db.orders TO pf_part");
    Finding finding = only(check(Map.of("database.user", "pf_part")), "database.user");
    assertThat(finding.problem()).contains("preflight_db.orders").doesNotContain("customers");
    assertThat(finding.remedy())
        .isEqualTo("GRANT SELECT ON `preflight_db`.`orders` TO 'pf_part'@'%';");
  }

  @Test
  void privilegesOfARoleCount() throws Exception {
    user(
        mysql,
        "pf_role_user",
        "CREATE ROLE pf_role",
        "GRANT " + TUTORIAL + " ON *.* TO pf_role",
        "GRANT pf_role TO pf_role_user",
        "SET DEFAULT ROLE pf_role TO pf_role_user");
    PreflightReport report =
        check(Map.of("database.user", "pf_role_user", "table.exclude.list", ".*heap"));
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void noMatchingTableIsRefused() throws Exception {
    PreflightReport report = check(Map.of("table.include.list", "preflight_db.custmers"));
    assertThat(only(report, "table.include.list").problem()).contains("'pf_good'@'%'");
    Map<String, String> config = config();
    config.put("database.include.list", "nothing");
    PreflightReport noDatabase = preflight.check(new PreflightRequest("c", config));
    assertThat(noDatabase.passed()).isFalse();
    assertThat(only(noDatabase, "database.include.list").severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void aNamedTableThatIsNotThereIsAWarning() throws Exception {
    PreflightReport report =
        check(Map.of("table.include.list", "preflight_db.customers,preflight_db.custmers"));
    assertThat(report.passed()).isTrue();
    assertThat(only(report, "table.include.list").problem()).contains("preflight_db.custmers");
  }

  @Test
  void anUnknownKeyAndAWrongPasswordAreBothTold() throws Exception {
    PreflightReport report = check(Map.of("table.inclde.list", "x", "database.password", "wrong"));
    assertThat(report.findings())
        .extracting(Finding::key)
        .containsExactly("table.inclde.list", "database.password");
  }

  /** On one connection: a variable can keep new ones out. */
  private PreflightReport withVariable(String variable, String value, Map<String, String> more)
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

  private PreflightReport check(Map<String, String> more) throws InterruptedException {
    Map<String, String> config = config();
    config.putAll(more);
    PreflightReport report = preflight.check(new PreflightRequest("c", config));
    assertThat(json(report)).doesNotContain(SECRET);
    return report;
  }

  private Map<String, String> config() {
    return config(mysql);
  }

  private static Map<String, String> config(MySqlServer mysql) {
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

  private static String json(PreflightReport report) {
    return new String(ControlCodec.encode(report), StandardCharsets.UTF_8);
  }

  private static Finding only(PreflightReport report, String key) {
    List<Finding> findings = report.findings();
    assertThat(findings).extracting(Finding::key).containsExactly(key);
    return findings.getFirst();
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void user(MySqlServer mysql, String name, String... grants) throws SQLException {
    String password = SECRET.replace("\\", "\\\\").replace("'", "\\'");
    run(mysql, "CREATE USER " + name + " IDENTIFIED BY '" + password + "'");
    run(mysql, grants);
  }

  private static void run(MySqlServer mysql, String... statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
