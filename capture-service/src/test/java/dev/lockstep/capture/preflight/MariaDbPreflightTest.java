package dev.lockstep.capture.preflight;

import static dev.lockstep.capture.preflight.Source.only;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the preflight finds on a real MariaDB, in MariaDB's own terms. */
@Tag("capture")
@ExtendWith(Servers.class)
class MariaDbPreflightTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NO_HEAP = "table.exclude.list";

  private final Source source = new Source(SharedServers.mariaDb());

  @BeforeAll
  static void makeTables(MariaDbServer mariaDb) throws SQLException {
    Source.make(mariaDb);
  }

  private PreflightReport check(Map<String, String> more) throws InterruptedException {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", SourceKind.MARIADB.connectorClass());
    config.put(NO_HEAP, ".*heap");
    config.putAll(more);
    return source.check(config);
  }

  @Test
  void aReadyMariaDbWithTheTutorialsPrivilegesHasNoFinding() throws Exception {
    assertThat(check(Map.of()).findings()).isEmpty();
  }

  @Test
  void theOtherConnectorsClassIsNamedForEachServer() throws Exception {
    Finding finding =
        only(
            check(Map.of("connector.class", SourceKind.MYSQL.connectorClass())), "connector.class");
    assertThat(finding.problem()).contains("The source is MariaDB 10.11.");
    assertThat(finding.remedy()).contains(SourceKind.MARIADB.connectorClass());

    var mysql = new Source(SharedServers.mysql());
    Source.make(mysql.mysql());
    finding =
        only(
            mysql.check(
                Map.of(
                    "connector.class",
                    SourceKind.MARIADB.connectorClass(),
                    "database.ssl.mode",
                    "trust")),
            "connector.class");
    assertThat(finding.problem()).contains("The source is MySQL 9.");
    assertThat(finding.remedy()).contains(SourceKind.MYSQL.connectorClass());
  }

  @Test
  void aBinlogThatLacksValuesOrCanNotBeReadIsRefusedWithEachVariable() throws Exception {
    try (MariaDbServer wrong =
        SharedServers.ownMariaDb(
            "--binlog-format=MIXED",
            "--binlog-row-image=MINIMAL",
            "--log-bin-compress=ON",
            "--binlog-alter-two-phase=ON")) {
      wrong.start();
      Source.make(wrong);
      Map<String, String> config =
          Map.of("connector.class", SourceKind.MARIADB.connectorClass(), NO_HEAP, ".*heap");
      List<Finding> findings = new Source(wrong).check(config).findings();
      assertThat(findings)
          .extracting(Finding::key)
          .containsExactlyInAnyOrder(
              "server variable binlog_format",
              "server variable binlog_row_image",
              "server variable log_bin_compress",
              "server variable binlog_alter_two_phase");
      assertThat(findings)
          .allSatisfy(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                assertThat(finding.remedy())
                    .contains("SET GLOBAL " + finding.key().replace("server variable ", ""));
              });
    }
  }

  @Test
  void gtidsThatAreNotStrictAreAWarning() throws Exception {
    try (MariaDbServer lax = SharedServers.ownMariaDb("--gtid-strict-mode=OFF")) {
      lax.start();
      Source.make(lax);
      Finding finding =
          only(
              new Source(lax)
                  .check(
                      Map.of(
                          "connector.class",
                          SourceKind.MARIADB.connectorClass(),
                          NO_HEAP,
                          ".*heap")),
              "server variable gtid_strict_mode");
      assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }
  }

  @Test
  void aServerWithoutABinlogIsRefused() throws Exception {
    try (MariaDbServer silent = SharedServers.ownMariaDb("--skip-log-bin")) {
      silent.start();
      Source.make(silent);
      Map<String, String> config =
          Map.of("connector.class", SourceKind.MARIADB.connectorClass(), NO_HEAP, ".*heap");
      assertThat(new Source(silent).check(config).findings())
          .extracting(Finding::key)
          .contains("server variable log_bin");
    }
  }

  @Test
  void eachMissingPrivilegeIsNamedAsMariaDbNamesIt(MariaDbServer mariaDb) throws Exception {
    Source.user(mariaDb, "pf_reader", "GRANT SELECT, SHOW DATABASES ON *.* TO pf_reader");
    PreflightReport report = check(Map.of("database.user", "pf_reader"));
    assertThat(report.findings())
        .extracting(Finding::remedy)
        .containsExactlyInAnyOrder(
            "GRANT REPLICATION SLAVE ON *.* TO 'pf_reader'@'%';",
            "GRANT BINLOG MONITOR ON *.* TO 'pf_reader'@'%';",
            "GRANT RELOAD ON *.* TO 'pf_reader'@'%';");
    for (Finding finding : report.findings()) {
      Source.run(mariaDb, finding.remedy());
    }
    assertThat(check(Map.of("database.user", "pf_reader")).findings()).isEmpty();
  }

  @Test
  void privilegesThatARoleGivesCount(MariaDbServer mariaDb) throws Exception {
    Source.user(
        mariaDb,
        "pf_role_user",
        "CREATE ROLE IF NOT EXISTS pf_role",
        "GRANT " + Source.TUTORIAL + " ON *.* TO pf_role",
        "GRANT pf_role TO pf_role_user",
        "SET DEFAULT ROLE pf_role FOR pf_role_user");
    assertThat(check(Map.of("database.user", "pf_role_user")).findings()).isEmpty();
  }

  @Test
  void tablesOfMariaDbsOwnKindsAreRefusedWithTheWayOut(MariaDbServer mariaDb) throws Exception {
    Source.run(
        mariaDb,
        "CREATE DATABASE IF NOT EXISTS preflight_own",
        "CREATE TABLE preflight_own.plain (id INT PRIMARY KEY)",
        "CREATE TABLE preflight_own.versioned (id INT PRIMARY KEY) WITH SYSTEM VERSIONING",
        "CREATE SEQUENCE preflight_own.numbers",
        "CREATE TABLE preflight_own.packed (id INT PRIMARY KEY, note TEXT COMPRESSED)");
    Map<String, String> all = Map.of("database.include.list", "preflight_own");
    assertThat(check(all).findings())
        .extracting(Finding::problem)
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem).contains("preflight_own.versioned is a system-versioned"),
            problem -> assertThat(problem).contains("preflight_own.numbers is a sequence"),
            problem -> assertThat(problem).contains("note of preflight_own.packed is COMPRESSED"));
    Map<String, String> some = source.config();
    some.put("connector.class", SourceKind.MARIADB.connectorClass());
    some.putAll(all);
    some.put("table.include.list", "preflight_own.plain");
    assertThat(source.checkOnly(some).findings()).isEmpty();
  }

  @Test
  void aUserWithAPluginThatTheDriverLacksIsToldWhichOnesThereAre(MariaDbServer mariaDb)
      throws Exception {
    Source.run(
        mariaDb,
        "CREATE USER IF NOT EXISTS pf_pam IDENTIFIED VIA unix_socket",
        "GRANT " + Source.TUTORIAL + " ON *.* TO pf_pam");
    Finding finding = only(check(Map.of("database.user", "pf_pam")), "database.password");
    assertThat(finding.problem()).contains("MariaDB at ").contains("refused the user `pf_pam`");
  }

  @Test
  void aKeyOfMySqlsConnectorAloneIsUnknownHere() throws Exception {
    assertThat(check(Map.of("ddl.parser.type", "default")).findings())
        .extracting(Finding::key)
        .contains("ddl.parser.type");
    Finding finding = only(check(Map.of("database.ssl.mode", "required")), "database.ssl.mode");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void theIdOfAConnectedReplicaIsRefused(MariaDbServer mariaDb) throws Exception {
    Source.user(
        mariaDb,
        "pf_admin",
        "GRANT " + Source.TUTORIAL + ", REPLICATION MASTER ADMIN ON *.* TO pf_admin");
    try (MariaDbServer replica =
        SharedServers.ownMariaDb("--server-id=5077", "--report-host=other")) {
      replica.start();
      Source.run(
          replica,
          "CHANGE MASTER TO MASTER_HOST='%s', MASTER_PORT=%d, MASTER_USER='%s', MASTER_PASSWORD='%s'"
              .formatted(mariaDb.host(), mariaDb.port(), mariaDb.user(), mariaDb.password()),
          "START SLAVE IO_THREAD");
      Map<String, String> more = Map.of("database.server.id", "5077", "database.user", "pf_admin");
      eventually(
          "the replica's id to be found",
          LIMIT,
          () -> check(more).findings().stream().map(Finding::key).toList(),
          List.of("database.server.id"));
    }
  }
}
