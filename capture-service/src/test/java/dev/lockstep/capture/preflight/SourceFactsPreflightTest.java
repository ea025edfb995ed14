package dev.lockstep.capture.preflight;

import static dev.lockstep.capture.preflight.Source.only;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ids, clocks and retention; and what is asked once more before a start. */
@Tag("capture")
@ExtendWith(Servers.class)
class SourceFactsPreflightTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Source source = new Source(SharedServers.mysql());
  private final Preflight preflight =
      new Preflight(
          new TopicNames("lockstep"),
          new Credentials(CredentialsSettings.DEFAULT),
          Duration.ofSeconds(15));

  @BeforeAll
  static void makeTables(MySqlServer mysql) throws SQLException {
    Source.make(mysql);
  }

  @Test
  void theIdOfAConnectedReplicaIsRefused(MySqlServer mysql) throws Exception {
    try (MySqlServer replica = SharedServers.ownMySql("--server-id=5077", "--report-host=other")) {
      replica.start();
      Source.run(
          replica,
          "CHANGE REPLICATION SOURCE TO SOURCE_HOST='%s', SOURCE_PORT=%d, SOURCE_USER='%s', SOURCE_PASSWORD='%s'"
                  .formatted(mysql.host(), mysql.port(), mysql.user(), mysql.password())
              + ", GET_SOURCE_PUBLIC_KEY=1",
          "START REPLICA IO_THREAD");
      Map<String, String> more =
          Map.of("database.server.id", "5077", "table.exclude.list", ".*heap");
      eventually(
          "the replica's id to be found",
          LIMIT,
          () -> source.check(more).findings().stream().map(Finding::key).toList(),
          List.of("database.server.id"));
      assertThat(only(source.check(more), "database.server.id").problem()).contains("5077");
      assertThat(source.check(Map.of("table.exclude.list", ".*heap")).findings()).isEmpty();
    }
  }

  @Test
  void aClockThatIsOffIsAWarningWithTheFigure() throws Exception {
    PreflightReport report =
        source.check(
            Map.of(
                "table.exclude.list", ".*heap", "driver.sessionVariables", "timestamp=1000000000"));
    Finding finding = only(report, "database.hostname");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.problem()).containsPattern("clock is [0-9]{9} s behind");
  }

  @Test
  void aBinlogThatIsGoneBeforeTheSnapshotEndsIsAWarningWithTheFigures(MySqlServer mysql)
      throws Exception {
    Source.run(
        mysql,
        "CREATE TABLE preflight_db.large (id INT PRIMARY KEY, b LONGBLOB)",
        "INSERT INTO preflight_db.large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
            + " SELECT i, REPEAT('x', 1048576) FROM n",
        "ANALYZE TABLE preflight_db.large",
        "SET GLOBAL binlog_expire_logs_seconds = 1");
    try {
      PreflightReport report = source.check(Map.of("table.exclude.list", ".*heap"));
      Finding finding = only(report, "server variable binlog_expire_logs_seconds");
      assertThat(finding.severity()).isEqualTo(Severity.WARNING);
      assertThat(finding.problem()).containsPattern("takes [0-9]+ s").contains("MiB", "for 1 s");
    } finally {
      Source.run(
          mysql,
          "SET GLOBAL binlog_expire_logs_seconds = DEFAULT",
          "DROP TABLE preflight_db.large");
    }
  }

  @Test
  void whatWasTakenFromTheSourceSinceIsFoundBeforeAStart(MySqlServer mysql) throws Exception {
    Source.user(mysql, "pf_changed", "GRANT " + Source.TUTORIAL + " ON *.* TO pf_changed");
    Map<String, String> config = source.config();
    config.put("database.user", "pf_changed");
    assertThat(before(config, true)).isEmpty();
    Source.run(mysql, "REVOKE REPLICATION SLAVE, RELOAD ON *.* FROM pf_changed");
    assertThat(before(config, false))
        .singleElement()
        .asString()
        .contains("REPLICATION SLAVE", "GRANT REPLICATION SLAVE ON *.* TO 'pf_changed'@'%'");
    assertThat(before(config, true)).hasSize(2);
  }

  @Test
  void aFormatThatWasChangedSinceIsFoundBeforeAStart(MySqlServer mysql) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET GLOBAL binlog_format = 'STATEMENT'");
      try {
        assertThat(before(source.config(), false))
            .singleElement()
            .asString()
            .contains("binlog_format is STATEMENT");
      } finally {
        statement.execute("SET GLOBAL binlog_format = DEFAULT");
      }
    }
  }

  @Test
  void aSourceThatDoesNotAnswerIsTheEnginesToMeet() {
    Map<String, String> config = source.config();
    config.put("database.password", "wrong");
    assertThat(before(config, true)).isEmpty();
  }

  private List<String> before(Map<String, String> config, boolean withSnapshot) {
    return preflight.problems(
        new ConnectorSpec("c", config, DesiredState.RUNNING, 1), withSnapshot);
  }
}
