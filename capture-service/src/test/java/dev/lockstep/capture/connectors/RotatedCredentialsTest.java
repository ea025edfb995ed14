package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.file.Files;
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
class RotatedCredentialsTest {
  @Test
  void aPasswordThatIsRotatedInItsFileIsUsedByTheNextTry(
      @TempDir Path folder, MySqlServer mysql, KafkaServer kafka) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "before");
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-rotated")) {
      statement.execute("CREATE DATABASE rotated");
      statement.execute("CREATE TABLE rotated.t (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO rotated.t VALUES (1)");
      statement.execute("CREATE USER rotated_user IDENTIFIED BY 'before'");
      statement.execute(
          "GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO"
              + " rotated_user");
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "rot", "rotated");
      config.put("database.user", "rotated_user");
      config.put("database.password", "${dir:" + folder + ":password}");
      suite.put("rotated", config, DesiredState.RUNNING);
      suite.awaitState("rotated", State.RUNNING);
      awaitRows(suite, 1);

      statement.execute("ALTER USER rotated_user IDENTIFIED BY 'after'");
      suite.put("rotated", config, DesiredState.RUNNING);
      assertThat(suite.awaitState("rotated", State.RETRYING).reason())
          .contains("Access denied")
          .doesNotContain("before");
      Files.writeString(file, "after");
      suite.awaitState("rotated", State.RUNNING);
      statement.execute("INSERT INTO rotated.t VALUES (2)");
      awaitRows(suite, 2);
    }
  }

  @Test
  void aFileThatIsNotThereYetIsWaitedFor(@TempDir Path folder, MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-awaited")) {
      statement.execute("CREATE DATABASE awaited");
      statement.execute("CREATE TABLE awaited.t (id INT PRIMARY KEY)");
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "awaited", "awaited");
      config.put("database.password", "${dir:" + folder + ":password}");
      suite.put("awaited", config, DesiredState.RUNNING);
      assertThat(suite.awaitState("awaited", State.RETRYING).reason())
          .contains("database.password", "has no file `password`", "mount it");
      Files.writeString(folder.resolve("password"), mysql.password());
      suite.awaitState("awaited", State.RUNNING);
    }
  }

  private static void awaitRows(CaptureSuite suite, int rows) {
    eventually(
        rows + " rows", CaptureSuite.LIMIT, () -> suite.committed("rot.rotated.t").size() == rows);
  }
}
