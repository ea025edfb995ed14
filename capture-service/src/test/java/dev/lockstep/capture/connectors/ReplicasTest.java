package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("capture")
@ExtendWith(Servers.class)
class ReplicasTest {
  private static final int PARTITIONS = ControlTopics.CONNECTOR_PARTITIONS;

  @Test
  void asManyConnectorsMoveAsHaveToAndTheOthersRunOnUntouched(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite one = new CaptureSuite(kafka, "suite-replicas", "replica:1");
        CaptureSuite two = new CaptureSuite(kafka, "suite-replicas", "replica:2")) {
      statement.execute("CREATE DATABASE replicas");
      statement.execute("CREATE TABLE replicas.t (id INT PRIMARY KEY)");
      one.start();
      begin(one, mysql);
      Map<String, ConnectorStatus> alone = awaitOwners(one, Map.of("replica:1", PARTITIONS));

      two.start();
      Map<String, ConnectorStatus> both =
          awaitOwners(one, Map.of("replica:1", PARTITIONS / 2, "replica:2", PARTITIONS / 2));
      assertUntouched(alone, both);

      two.stop();
      Map<String, ConnectorStatus> aloneAgain = awaitOwners(one, Map.of("replica:1", PARTITIONS));
      assertUntouched(both, aloneAgain);
    }
  }

  /** One connector for each partition of the connectors topic; every fourth one captures. */
  private static void begin(CaptureSuite suite, MySqlServer mysql) throws Exception {
    Map<Integer, String> names = new TreeMap<>();
    for (int i = 0; names.size() < PARTITIONS; i++) {
      names.putIfAbsent(partitionOf("replicas" + i), "replicas" + i);
    }
    for (Map.Entry<Integer, String> name : names.entrySet()) {
      Map<String, String> config = CaptureSuite.config(mysql, name.getValue(), "replicas");
      config.remove("database.server.id");
      suite.put(
          name.getValue(),
          config,
          name.getKey() % 4 == 0 ? DesiredState.RUNNING : DesiredState.PAUSED);
    }
  }

  private static int partitionOf(String key) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
  }

  private static Map<String, ConnectorStatus> awaitOwners(
      CaptureSuite suite, Map<String, Integer> wanted) {
    return eventuallySees(
        "connectors to be at " + wanted,
        CaptureSuite.LIMIT.multipliedBy(2),
        suite::reported,
        seen ->
            seen.values().stream().noneMatch(status -> status.state() == State.STARTING)
                && counts(seen).equals(wanted));
  }

  private static Map<String, Integer> counts(Map<String, ConnectorStatus> seen) {
    Map<String, Integer> counts = new HashMap<>();
    seen.values().forEach(status -> counts.merge(status.owner(), 1, Integer::sum));
    return counts;
  }

  /** A connector that begins anew enters its state anew. */
  private static void assertUntouched(
      Map<String, ConnectorStatus> before, Map<String, ConnectorStatus> after) {
    assertThat(after.values()).extracting(ConnectorStatus::state).doesNotContain(State.RETRYING);
    Map<String, ConnectorStatus> stayed =
        after.entrySet().stream()
            .filter(entry -> entry.getValue().owner().equals(owner(before, entry.getKey())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(stayed).hasSize(PARTITIONS / 2);
    stayed.forEach((name, status) -> assertThat(status).isEqualTo(before.get(name)));
  }

  private static String owner(Map<String, ConnectorStatus> statuses, String name) {
    return statuses.get(name).owner();
  }

  @Test
  void aConnectorWithoutAServerIdGetsOneAndAnOperatorsOwnIsUsed(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-ids")) {
      statement.execute("CREATE DATABASE ids");
      statement.execute("CREATE TABLE ids.t (id INT PRIMARY KEY)");
      suite.start();
      for (String name : new String[] {"ids1", "ids2"}) {
        Map<String, String> config = CaptureSuite.config(mysql, name, "ids");
        config.remove("database.server.id");
        suite.put(name, config, DesiredState.RUNNING);
        suite.awaitState(name, State.RUNNING);
      }
      statement.execute("INSERT INTO ids.t VALUES (1)");
      for (String name : new String[] {"ids1", "ids2"}) {
        eventually(
            "the row in " + name,
            CaptureSuite.LIMIT,
            () -> suite.committed(name + ".ids.t").size(),
            1);
      }
    }
  }
}
