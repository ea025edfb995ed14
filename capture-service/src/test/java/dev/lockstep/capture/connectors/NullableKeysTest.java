package dev.lockstep.capture.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("capture")
@ExtendWith(Servers.class)
class NullableKeysTest {
  @Test
  void aSnapshotByAKeyThatCanBeNullFailsAndTheStreamGoesOn(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        var suite = new CaptureSuite(kafka, "suite-nullable")) {
      statement.execute("CREATE DATABASE nullable");
      statement.execute("CREATE TABLE nullable.t (code INT, note TEXT)");
      statement.execute("INSERT INTO nullable.t VALUES (1, 'a'), (2, 'b')");
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "nullable", "nullable");
      config.put("message.key.columns", "nullable.t:code");
      suite.put("nullable", config, DesiredState.RUNNING);
      suite.awaitState("nullable", State.RUNNING);
      suite.command(
          SnapshotCommand.request(
              "nullable-1",
              "nullable",
              SnapshotType.INCREMENTAL,
              List.of(new SnapshotTable("nullable", "t", null)),
              Instant.now()));
      SnapshotStatus failed =
          suite.awaitSnapshot("nullable", "nullable-1", SnapshotStatus.State.FAILED);
      assertThat(failed.reason())
          .contains("code", "can be NULL", "NOT NULL", "message.key.columns");
      suite.awaitState("nullable", State.RUNNING);
    }
  }
}
