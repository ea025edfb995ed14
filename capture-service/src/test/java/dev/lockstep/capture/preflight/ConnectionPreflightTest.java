package dev.lockstep.capture.preflight;

import static dev.lockstep.capture.preflight.Source.json;
import static dev.lockstep.capture.preflight.Source.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightRequest;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connecting fails in many ways, each of which is about one key. */
@Tag("main-job")
@ExtendWith(Servers.class)
class ConnectionPreflightTest {
  private final Source source = new Source(SharedServers.mysql());

  @BeforeAll
  static void makeTables(MySqlServer mysql) throws SQLException {
    Source.make(mysql);
  }

  @Test
  void aWrongPasswordIsSaidOfThePassword() throws Exception {
    PreflightReport report = source.check(Map.of("database.password", "not-it-" + Source.SECRET));
    assertThat(only(report, "database.password").problem()).contains("pf_good");
    assertThat(json(report)).doesNotContain("not-it-");
  }

  @Test
  void aMissingPasswordIsSaidOfThePassword() throws Exception {
    Map<String, String> config = source.config();
    config.remove("database.password");
    PreflightReport report = source.checkOnly(config);
    assertThat(only(report, "database.password").problem()).contains("No password is set");
  }

  @Test
  void anUnknownHostIsSaidOfTheHost() throws Exception {
    PreflightReport report = source.check(Map.of("database.hostname", "nowhere.invalid"));
    assertThat(only(report, "database.hostname").problem()).contains("nowhere.invalid");
  }

  @Test
  void aClosedPortIsSaidOfThePort() throws Exception {
    PreflightReport report = source.check(Map.of("database.port", String.valueOf(closedPort())));
    assertThat(only(report, "database.port").problem()).contains("127.0.0.1:");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Map<String, String> config = source.config();
      config.put("database.port", String.valueOf(silent.getLocalPort()));
      var impatient =
          new Preflight(
              new TopicNames("lockstep"),
              new Credentials(CredentialsSettings.DEFAULT),
              Duration.ofSeconds(1));
      PreflightReport report = impatient.check(new PreflightRequest("c", config));
      assertThat(only(report, "database.hostname").problem()).contains("within 1 seconds");
    }
  }

  @Test
  void aServerThatTakesTlsOnlyIsSaidOfTheSslMode() throws Exception {
    PreflightReport report =
        source.withVariable(
            "require_secure_transport", "ON", Map.of("database.ssl.mode", "disabled"));
    assertThat(only(report, "database.ssl.mode").remedy()).contains("required");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsSaidOfTheSslMode() throws Exception {
    PreflightReport report = source.check(Map.of("database.ssl.mode", "verify_ca"));
    assertThat(only(report, "database.ssl.mode").remedy()).contains("truststore");
  }

  @Test
  void anUnknownKeyAndAWrongPasswordAreBothTold() throws Exception {
    PreflightReport report =
        source.check(Map.of("table.inclde.list", "x", "database.password", "wrong"));
    assertThat(report.findings())
        .extracting(Finding::key)
        .containsExactly("table.inclde.list", "database.password");
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
