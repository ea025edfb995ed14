package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("types")
@ExtendWith(Servers.class)
class PartialJsonTest {
  @Test
  void aPartialUpdateOfOneSessionFailsTheConnectorWithTheWayOut(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-partial")) {
      statement.execute("CREATE DATABASE partial_json");
      statement.execute("USE partial_json");
      statement.execute("CREATE TABLE t (id INT PRIMARY KEY, j JSON)");
      statement.execute("INSERT INTO t VALUES (1, '{\"a\": \"0123456789\", \"b\": 1}')");
      suite.start();
      suite.put("partial", CaptureSuite.config(mysql, "pj", "partial_json"), DesiredState.RUNNING);
      suite.awaitState("partial", State.RUNNING);
      eventually(
          "the snapshot",
          CaptureSuite.LIMIT,
          () -> suite.committed("pj.partial_json.t").size() == 1);
      statement.execute("SET SESSION binlog_row_value_options = 'PARTIAL_JSON'");
      statement.execute("UPDATE t SET j = JSON_SET(j, '$.a', '9876543210')");
      assertThat(suite.awaitState("partial", State.FAILED).reason())
          .contains("PARTIAL_UPDATE_ROWS", "binlog_row_value_options");
    }
  }
}
