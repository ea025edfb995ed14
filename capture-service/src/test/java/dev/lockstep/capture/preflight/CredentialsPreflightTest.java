package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("capture")
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsPreflightTest {
  private Source source;

  @BeforeAll
  void make(MySqlServer mysql) throws Exception {
    Source.make(mysql);
    source = new Source(mysql);
  }

  @Test
  void aPasswordInAFileIsTried(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), Source.SECRET);
    Map<String, String> config =
        Map.of(
            "database.password", "${dir:" + folder + ":password}", "table.exclude.list", ".*heap");
    assertThat(source.check(config).findings()).isEmpty();
    Files.writeString(file, "wrong-" + Source.SECRET);
    assertThat(Source.only(source.check(config), "database.password").problem())
        .contains("refused");
  }

  @Test
  void whatIsMissingIsAnErrorAndTheSourceIsNotAsked() throws Exception {
    PreflightReport report =
        source.check(
            Map.of(
                "database.password", "${file:/run/secrets/none.properties:password}",
                "database.hostname", "${env:LOCKSTEP_TEST_NO_SUCH_HOST}"));
    assertThat(report.passed()).isFalse();
    assertThat(report.findings())
        .extracting(Finding::key)
        .containsExactlyInAnyOrder("database.password", "database.hostname");
  }

  @Test
  void anAnswerNamesThePlaceholderAndNotTheValue(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("user"), "pf_nobody_knows");
    PreflightReport report = source.check(Map.of("database.user", "${dir:" + folder + ":user}"));
    assertThat(Source.json(report)).doesNotContain("pf_nobody_knows");
    assertThat(Source.only(report, "database.password").problem())
        .contains("${dir:" + folder + ":user}");
  }
}
