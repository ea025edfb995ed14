package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.fetch.Command;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.process.Programs;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over TLS, with a certificate that no authority of Java's has signed. What ends it stands before
 * ClickHouse, as a load balancer does: this engine listens without it only.
 */
@Tag("apply")
@ExtendWith(Servers.class)
class TlsTest {
  private static final String SECRET = "store-secret";

  @TempDir Path folder;
  private ClickHouseServer clickHouse;
  private Forwarder secured;

  @BeforeEach
  void start(ClickHouseServer shared) throws Exception {
    clickHouse = shared;
    keytool(
        "-genkeypair -alias server -keyalg RSA -keysize 2048 -dname CN=clickhouse -ext SAN=ip:127.0.0.1 -validity 30 -storetype PKCS12 -keystore",
        file("server.p12"));
    keytool(
        "-exportcert -alias server -rfc -keystore", file("server.p12"), "-file", file("ca.pem"));
    KeyStore store = KeyStore.getInstance(file("server.p12").toFile(), SECRET.toCharArray());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, SECRET.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    secured = new Forwarder(clickHouse.httpUrl(), context.getServerSocketFactory());
  }

  @AfterEach
  void close() throws Exception {
    secured.close();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void keytool(String options, Object... more) {
    String line =
        options + " " + String.join(" ", List.of(more).stream().map(String::valueOf).toList());
    List<String> command = new ArrayList<>();
    command.add(Programs.java().resolveSibling("keytool").toString());
    command.addAll(List.of(line.split(" ")));
    command.addAll(List.of("-storepass", SECRET));
    Command.run(folder, Duration.ofMinutes(1), command);
  }

  private String problem(String host, Map<String, String> tls) {
    var properties = new HashMap<>(tls);
    properties.put("url", "https://" + secured.address().replace("127.0.0.1", host));
    try (var client = new ClickHouse(TargetSettings.of(clickHouse, properties))) {
      return client.problem().orElse("none");
    }
  }

  @Test
  void anAuthorityIsTrustedThatIsNamedAndNoOther() throws Exception {
    keytool(
        "-importcert -noprompt -alias ca -storetype PKCS12 -file",
        file("ca.pem"),
        "-keystore",
        file("trust.p12"));
    Map<String, String> pem = Map.of("tls.ca-certificate", file("ca.pem").toString());
    assertThat(problem("127.0.0.1", pem)).isEqualTo("none");
    assertThat(
            problem(
                "127.0.0.1",
                Map.of(
                    "tls.trust-store",
                    file("trust.p12").toString(),
                    "tls.trust-store-password",
                    SECRET)))
        .isEqualTo("none");
    assertThat(problem("127.0.0.1", Map.of())).contains("can't be reached", "certif");
  }

  @Test
  void theHostsNameIsCheckedUnlessItIsSaidNotToBe() {
    String ca = file("ca.pem").toString();
    assertThat(problem("localhost", Map.of("tls.ca-certificate", ca)))
        .contains("can't be reached", "localhost");
    assertThat(problem("localhost", Map.of("tls.ca-certificate", ca, "tls.verify", "CA")))
        .isEqualTo("none");
  }

  @Test
  void rowsComeByTls() throws Exception {
    try (var pipeline = new Pipeline("bytls")) {
      TableSchema schema = pipeline.table("bytls", "t", List.of(ID, NAME), List.of("id"));
      try (var service =
          new RunningService(
              pipeline.kafka(),
              clickHouse,
              "--lockstep.apply.clickhouse.url=https://" + secured.address(),
              "--lockstep.apply.clickhouse.tls.ca-certificate=" + file("ca.pem"))) {
        pipeline.source().publish(schema, created("{\"id\":1,\"name\":\"a\"}"));
        Pipeline.awaitRows(clickHouse, "SELECT id, name FROM bytls.t", "1\ta\n");
        assertThat(service.get("/actuator/health/readiness")).startsWith("200");
      }
    }
  }
}
