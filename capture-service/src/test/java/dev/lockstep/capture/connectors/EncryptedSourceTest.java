package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;

import dev.lockstep.capture.source.MySqlAuthority;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("capture")
@ExtendWith(Servers.class)
class EncryptedSourceTest {
  @Test
  void aServerThatTakesEncryptedConnectionsOnlyIsCapturedAndMeasured(
      @TempDir Path folder, KafkaServer kafka) throws Exception {
    try (MySqlServer mysql = SharedServers.ownMySql()) {
      mysql.start();
      try (Connection connection = mysql.connect();
          Statement statement = connection.createStatement();
          CaptureSuite suite = new CaptureSuite(kafka, "suite-encrypted")) {
        statement.execute("CREATE DATABASE encrypted");
        statement.execute("CREATE TABLE encrypted.t (id INT PRIMARY KEY)");
        statement.execute("INSERT INTO encrypted.t VALUES (1)");
        statement.execute("SET GLOBAL require_secure_transport = ON");
        suite.start();
        Map<String, String> config = CaptureSuite.config(mysql, "enc", "encrypted");
        config.put("database.ssl.mode", "verify_ca");
        config.put("database.ssl.truststore", MySqlAuthority.trustStore(statement, folder));
        config.put("database.ssl.truststore.password", MySqlAuthority.PASSWORD);
        suite.put("encrypted", config, DesiredState.RUNNING);
        suite.awaitState("encrypted", State.RUNNING);
        awaitRows(suite, 1);
        statement.execute("INSERT INTO encrypted.t VALUES (2)");
        awaitRows(suite, 2);
        eventuallySees(
            "the lag",
            CaptureSuite.LIMIT,
            () -> suite.progress("encrypted"),
            progress -> progress.lag() != null && progress.lag().bytes() == 0);
      }
    }
  }

  private static void awaitRows(CaptureSuite suite, int rows) {
    eventually(
        rows + " rows",
        CaptureSuite.LIMIT,
        () -> suite.committed("enc.encrypted.t").size() == rows);
  }
}
