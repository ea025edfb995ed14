package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.shyiko.mysql.binlog.network.ServerException;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import io.debezium.DebeziumException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What only an operator can mend is not tried for ever, and all that ends a run says how. */
@Tag("capture")
@ExtendWith(Servers.class)
class FailuresTest {
  @Test
  void aRowThatIsTooLargeFailsItsConnectorUntilItsColumnIsLeftOut(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        var suite = new CaptureSuite(kafka, "suite-large")) {
      statement.execute("CREATE DATABASE large");
      statement.execute("CREATE TABLE large.t (id INT PRIMARY KEY, content LONGBLOB)");
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "large", "large");
      suite.put("large", config, DesiredState.RUNNING);
      suite.awaitState("large", State.RUNNING);
      statement.execute("INSERT INTO large.t VALUES (1, REPEAT('x', 16 * 1024 * 1024))");
      assertThat(suite.awaitState("large", State.FAILED).reason())
          .contains("larger than 20 MiB as JSON", "column.exclude.list", "table.exclude.list");
      config.put("column.exclude.list", "large.t.content");
      suite.put("large", config, DesiredState.RUNNING);
      JsonNode row =
          eventuallySees(
              "the row without its column",
              CaptureSuite.LIMIT,
              () -> {
                var found = suite.committed("large.large.t");
                return found.isEmpty()
                    ? JsonMapper.shared().nullNode()
                    : JsonMapper.shared()
                        .readTree(new String(found.getFirst().value(), StandardCharsets.UTF_8));
              },
              JsonNode::isObject);
      assertThat(row.path("after").path("id").asInt()).isEqualTo(1);
      assertThat(row.path("after").has("content")).isFalse();
    }
  }

  @Test
  void anotherReaderOfTheSameServerIdPassesAndTheWayOutIsTold(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        var suite = new CaptureSuite(kafka, "suite-same-id")) {
      statement.execute("CREATE DATABASE same_id");
      statement.execute("CREATE TABLE same_id.t (id INT PRIMARY KEY)");
      suite.start();
      Map<String, String> one = CaptureSuite.config(mysql, "same1", "same_id");
      Map<String, String> other = CaptureSuite.config(mysql, "same2", "same_id");
      other.put("database.server.id", one.get("database.server.id"));
      suite.put("same1", one, DesiredState.RUNNING);
      suite.awaitState("same1", State.RUNNING);
      suite.put("same2", other, DesiredState.RUNNING);
      ConnectorStatus ended =
          eventuallySees(
              "the first of the two to be ended",
              CaptureSuite.LIMIT,
              () -> suite.reported().get("same1"),
              status -> status.state() == State.RETRYING || status.state() == State.FAILED);
      assertThat(ended.state()).isEqualTo(State.RETRYING);
      assertThat(ended.reason()).contains("1236", "database.server.id", "remove");
      suite.delete("same2");
      statement.execute("INSERT INTO same_id.t VALUES (1)");
      eventually(
          "the first to go on alone",
          CaptureSuite.LIMIT,
          () -> suite.committed("same1.same_id.t").size() == 1);
    }
  }

  /** As the servers say it: MySQL 9.7, its predecessors before 8.0.26, and MariaDB 10.11. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Could not find first log file name in binary log index file",
        "Cannot replicate because the source purged required binary logs. Replicate the missing"
            + " transactions from elsewhere",
        "Cannot replicate because the master purged required binary logs.",
        "Client requested source to start replication from position > file size",
        "Client requested master to start replication from position > file size",
        "Client requested master to start replication from impossible position",
        "Replica has more GTIDs than the source has, using the source's SERVER_UUID.",
        "Slave has more GTIDs than the master has, using the master's SERVER_UUID.",
        "Error: connecting slave requested to start from GTID 0-1-5, which is not in the master's"
            + " binlog",
        "Requested slave GTID state not found in binlog",
        "The slave is connecting using CHANGE MASTER TO MASTER_AUTO_POSITION = 1, but the master"
            + " has purged binary logs containing GTIDs that the slave requires"
      })
  void aPlaceThatTheBinlogDoesNotHaveLasts(String message) {
    Failure failure = refused(message);
    assertThat(failure.passes()).isFalse();
    assertThat(failure.reason()).contains(message, "snapshot.mode=when_needed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A replica with the same server_uuid/server_id as this replica has connected to the"
            + " source; the first event 'binlog.000002' at 4, the last event read from"
            + " './binlog.000002' at 1",
        "A slave with the same server_uuid/server_id as this slave has connected to the master",
        "A slave with the same server_uuid/server_id is already connected"
      })
  void aServerIdThatAnotherReaderHasPasses(String message) {
    Failure failure = refused(message);
    assertThat(failure.passes()).isTrue();
    assertThat(failure.reason())
        .contains(message, "`database.server.id`")
        .doesNotContain("snapshot");
  }

  @Test
  void anotherRefusalOfTheBinlogPassesAndPointsAtTheServer() {
    Failure failure = refused("Binary log is not open");
    assertThat(failure.passes()).isTrue();
    assertThat(failure.reason()).contains("Binary log is not open", "error log");
  }

  private static Failure refused(String message) {
    return Failure.of(
        new DebeziumException(
            message + " Error code: 1236; SQLSTATE: HY000.",
            new ServerException(message, 1236, "HY000")));
  }

  @Test
  void whatTheBrokerFindsTooLargeIsToldApart() {
    var failure =
        Failure.of(
            new RecordTooLargeException(
                "The request included a message larger than the max message size the server will"
                    + " accept."));
    assertThat(failure.passes()).isFalse();
    assertThat(failure.reason()).contains("max.message.bytes").doesNotContain("20 MiB");
  }
}
