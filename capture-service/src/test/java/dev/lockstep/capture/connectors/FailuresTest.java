package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
