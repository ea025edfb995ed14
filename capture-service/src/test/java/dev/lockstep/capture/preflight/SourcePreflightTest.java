package dev.lockstep.capture.preflight;

import static dev.lockstep.capture.preflight.Source.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server is set to, and which tables it has. */
@Tag("main-job")
@ExtendWith(Servers.class)
class SourcePreflightTest {
  private final Source source = new Source(SharedServers.mysql());

  @BeforeAll
  static void makeTables(MySqlServer mysql) throws SQLException {
    Source.make(mysql);
  }

  @Test
  void aGoodConfigPasses() throws Exception {
    PreflightReport report =
        source.check(Map.of("table.include.list", "preflight_db.(customers|orders|by_code)"));
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void tablesWithoutAKeyAreNamed() throws Exception {
    PreflightReport report = source.check(Map.of());
    assertThat(report.passed()).isTrue();
    assertThat(only(report, "database.include.list").problem())
        .contains("preflight_db.heap")
        .doesNotContain("by_code");
  }

  @ParameterizedTest
  @CsvSource({"binlog_format, STATEMENT, ROW", "binlog_row_image, MINIMAL, FULL"})
  void aBinlogThatLacksRowsIsRefused(String variable, String value, String wanted)
      throws Exception {
    Finding finding =
        only(source.withVariable(variable, value, Map.of()), "server variable " + variable);
    assertThat(finding.problem()).contains(variable + " is " + value);
    assertThat(finding.remedy()).contains("SET GLOBAL " + variable + " = '" + wanted + "'");
  }

  @Test
  void partialJsonIsRefused() throws Exception {
    PreflightReport report =
        source.withVariable("binlog_row_value_options", "PARTIAL_JSON", Map.of());
    assertThat(only(report, "server variable binlog_row_value_options").problem())
        .contains("PARTIAL_JSON");
  }

  @Test
  void aServerWithoutABinlogIsRefusedAndOneWithoutGtidsIsWarnedOf() throws Exception {
    try (MySqlServer bare =
        SharedServers.ownMySql(
            "--skip-log-bin", "--gtid-mode=OFF", "--enforce-gtid-consistency=OFF")) {
      bare.start();
      Map<String, String> config = Source.config(bare);
      config.put("database.user", bare.user());
      config.put("database.password", bare.password());
      PreflightReport report = source.checkOnly(config);
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
        source.check(Map.of("database.server.id", "1", "table.exclude.list", ".*heap"));
    assertThat(only(report, "database.server.id").problem()).contains("the server's own id");
  }

  @Test
  void noMatchingTableIsRefused() throws Exception {
    PreflightReport report = source.check(Map.of("table.include.list", "preflight_db.custmers"));
    assertThat(only(report, "table.include.list").problem()).contains("'pf_good'@'%'");
    Map<String, String> config = source.config();
    config.put("database.include.list", "nothing");
    PreflightReport noDatabase = source.checkOnly(config);
    assertThat(noDatabase.passed()).isFalse();
    assertThat(only(noDatabase, "database.include.list").severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void aNamedTableThatIsNotThereIsAWarning() throws Exception {
    PreflightReport report =
        source.check(Map.of("table.include.list", "preflight_db.customers,preflight_db.custmers"));
    assertThat(report.passed()).isTrue();
    assertThat(only(report, "table.include.list").problem()).contains("preflight_db.custmers");
  }

  @Test
  @Tag("types")
  void tablesWhoseTopicsKafkaTakesForOneAreRefused(MySqlServer mysql) throws Exception {
    try (var connection = mysql.connect();
        var statement = connection.createStatement()) {
      for (String name : List.of("alike.`a_b.c`", "alike_a.b_c", "alike.`d e`", "alike.d_e")) {
        statement.execute("CREATE DATABASE IF NOT EXISTS " + name.substring(0, name.indexOf('.')));
        statement.execute("CREATE TABLE " + name + " (id INT PRIMARY KEY)");
      }
    }
    Map<String, String> config = source.config();
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put("database.include.list", "alike,alike_a");
    Finding finding = only(source.checkOnly(config), "database.include.list");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.problem()).contains("alike.a_b.c", "alike_a.b_c").doesNotContain("d_e");
    assertThat(finding.remedy()).contains("topic.prefix");
  }
}
