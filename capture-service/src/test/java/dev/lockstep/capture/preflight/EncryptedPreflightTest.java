package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.source.MySqlAuthority;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.SharedServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that takes encrypted connections only, with certificates of its own making. */
@Tag("capture")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedPreflightTest {
  private static final MySqlServer MYSQL = SharedServers.ownMySql();
  private static final MySqlServer OTHER = SharedServers.ownMySql();

  private final Source source = new Source(MYSQL);
  private Connection operator;
  private String itsAuthority = "";
  private String anotherAuthority = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    MYSQL.start();
    OTHER.start();
    Source.make(MYSQL);
    itsAuthority = authority(MYSQL, folder);
    anotherAuthority = authority(OTHER, folder);
    Source.run(MYSQL, "CREATE USER pf_tls IDENTIFIED BY 'pw' REQUIRE SSL");
    Source.run(MYSQL, "GRANT " + Source.TUTORIAL + " ON *.* TO pf_tls");
    operator = MYSQL.connect();
    encryptedOnly("ON");
  }

  /** On the one connection that was there before: the tests' own are not encrypted. */
  private void encryptedOnly(String value) throws SQLException {
    try (Statement statement = operator.createStatement()) {
      statement.execute("SET GLOBAL require_secure_transport = " + value);
    }
  }

  private static String authority(MySqlServer server, Path folder) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      return MySqlAuthority.trustStore(statement, folder);
    }
  }

  @AfterAll
  void stop() throws SQLException {
    operator.close();
    MYSQL.close();
    OTHER.close();
  }

  private Map<String, String> config(String mode) {
    Map<String, String> config = new HashMap<>();
    config.put("database.ssl.mode", mode);
    config.put("table.exclude.list", ".*heap");
    return config;
  }

  private Map<String, String> trusting(String mode, String store) {
    Map<String, String> config = config(mode);
    config.put("database.ssl.truststore", store);
    config.put("database.ssl.truststore.password", MySqlAuthority.PASSWORD);
    return config;
  }

  @Test
  void anUnencryptedConnectionIsRefusedWithTheKeyToSet() throws Exception {
    Finding finding = Source.only(source.check(config("disabled")), "database.ssl.mode");
    assertThat(finding.problem()).contains("encrypted connections only");
    assertThat(finding.remedy()).contains("required", "verify_ca");
  }

  @Test
  void anEncryptedOnePassesAndSoDoesAnAuthorityThatIsTrusted() throws Exception {
    assertThat(source.check(config("required")).findings()).isEmpty();
    assertThat(source.check(trusting("verify_ca", itsAuthority)).findings()).isEmpty();
  }

  @Test
  void anAuthorityThatIsNotTrustedIsToldSo() throws Exception {
    for (Map<String, String> config :
        List.of(config("verify_ca"), trusting("verify_ca", anotherAuthority))) {
      Finding finding = Source.only(source.check(config), "database.ssl.mode");
      assertThat(finding.remedy()).contains("database.ssl.truststore");
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefusedWhereTheNameIsVerified() throws Exception {
    Finding finding =
        Source.only(source.check(trusting("verify_identity", itsAuthority)), "database.ssl.mode");
    assertThat(finding.problem()).contains("No encrypted connection");
  }

  @Test
  void aUserThatMustEncryptIsToldWhichKeyDecides() throws Exception {
    encryptedOnly("OFF");
    try {
      Map<String, String> config = config("disabled");
      config.put("database.user", "pf_tls");
      config.put("database.password", "pw");
      config.put("driver.allowPublicKeyRetrieval", "true");
      assertThat(Source.only(source.check(config), "database.password").remedy())
          .contains("database.ssl.mode");
      config.put("database.ssl.mode", "required");
      assertThat(source.check(config).findings()).isEmpty();
    } finally {
      encryptedOnly("ON");
    }
  }
}
