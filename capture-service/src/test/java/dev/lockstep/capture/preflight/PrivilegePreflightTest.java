package dev.lockstep.capture.preflight;

import static dev.lockstep.capture.preflight.Source.only;
import static dev.lockstep.capture.preflight.Source.run;
import static dev.lockstep.capture.preflight.Source.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the connecting user may do. */
@Tag("main-job")
@ExtendWith(Servers.class)
class PrivilegePreflightTest {
  private final MySqlServer mysql = SharedServers.mysql();
  private final Source source = new Source(SharedServers.mysql());

  @BeforeAll
  static void makeTables(MySqlServer mysql) throws SQLException {
    Source.make(mysql);
  }

  @Test
  void eachMissingPrivilegeIsNamedWithItsGrant() throws Exception {
    PreflightReport report = source.check(Map.of("database.user", "pf_none"));
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
        "GRANT " + Source.TUTORIAL + " ON *.* TO " + user,
        "REVOKE " + privilege + " ON *.* FROM " + user);
    Finding finding =
        only(
            source.check(Map.of("database.user", user, "table.exclude.list", ".*heap")),
            "database.user");
    assertThat(finding.problem()).contains(privilege);
  }

  @Test
  void theGrantThatIsAdvisedMendsIt() throws Exception {
    user(mysql, "pf_mended");
    Map<String, String> config = source.config();
    config.put("database.user", "pf_mended");
    config.put("table.exclude.list", ".*heap");
    for (Finding finding : source.checkOnly(config).findings()) {
      run(mysql, finding.remedy());
    }
    assertThat(source.checkOnly(config).findings()).isEmpty();
  }

  @Test
  void aSelectOnOneTableDoesNotCoverTheOthers() throws Exception {
    user(
        mysql,
        "pf_part",
        "GRANT SHOW DATABASES, RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO pf_part",
        "GRANT SELECT ON preflight_db.customers TO pf_part",
        "GRANT INSERT ON preflight_db.orders TO pf_part");
    Finding finding = only(source.check(Map.of("database.user", "pf_part")), "database.user");
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
        "GRANT " + Source.TUTORIAL + " ON *.* TO pf_role",
        "GRANT pf_role TO pf_role_user",
        "SET DEFAULT ROLE pf_role TO pf_role_user");
    PreflightReport report =
        source.check(Map.of("database.user", "pf_role_user", "table.exclude.list", ".*heap"));
    assertThat(report.findings()).isEmpty();
  }
}
