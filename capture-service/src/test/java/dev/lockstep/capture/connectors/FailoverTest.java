package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** A source whose server is replaced by another one: by its replica, or by one that is not. */
@Tag("capture")
@ExtendWith(Servers.class)
class FailoverTest {
  @Test
  void thePlaceIsFoundOnAReplicaThatWasPromotedAndIsAwaitedOnOneThatLags(KafkaServer kafka)
      throws Exception {
    try (MySqlServer primary = SharedServers.ownMySql("--server-id=11");
        MySqlServer replica = SharedServers.ownMySql("--server-id=12");
        CaptureSuite suite = new CaptureSuite(kafka, "suite-failover")) {
      primary.start();
      replica.start();
      try (Connection onPrimary = primary.connect();
          Connection onReplica = replica.connect();
          Statement first = onPrimary.createStatement();
          Statement second = onReplica.createStatement()) {
        replicate(primary, second);
        begin(suite, primary, first);
        insert(first, 2, 100);
        awaitIds(suite, 100);
        awaitReplica(first, second);

        second.execute("STOP REPLICA");
        insert(first, 101, 150);
        awaitIds(suite, 150);
        suite.put("moved", config(suite, replica), DesiredState.RUNNING);
        ConnectorStatus lagging = suite.awaitState("moved", State.RETRYING);
        assertThat(lagging.reason())
            .contains(
                "has not executed transactions that this connector has published",
                uuid(first) + ":",
                "snapshot.mode=when_needed");

        insert(first, 151, 200);
        second.execute("START REPLICA");
        awaitReplica(first, second);
        primary.kill();
        second.execute("STOP REPLICA");
        second.execute("RESET REPLICA ALL");
        insert(second, 201, 250);
        suite.awaitState("moved", State.RUNNING);
        awaitIds(suite, 250);
        assertThat(operations(suite).subList(1, 250)).containsOnly("c");
      }
    }
  }

  /** The replica writes smaller events, so a place within the transaction means another there. */
  @Test
  void aTransactionThatWasPartlyPublishedIsWholeAfterAFailover(KafkaServer kafka) throws Exception {
    int rows = 40_000;
    try (MySqlServer primary = SharedServers.ownMySql("--server-id=11");
        MySqlServer replica =
            SharedServers.ownMySql("--server-id=12", "--binlog-row-event-max-size=256");
        CaptureSuite suite = new CaptureSuite(kafka, "suite-partly")) {
      primary.start();
      replica.start();
      try (Connection onPrimary = primary.connect();
          Connection onReplica = replica.connect();
          Statement first = onPrimary.createStatement();
          Statement second = onReplica.createStatement()) {
        replicate(primary, second);
        begin(suite, primary, first);
        Map<String, String> slow = config(suite, primary);
        slow.put("max.batch.size", "128");
        slow.put("max.queue.size", "256");
        suite.put("moved", slow, DesiredState.RUNNING);
        suite.awaitState("moved", State.RUNNING);
        first.execute("SET SESSION cte_max_recursion_depth = " + rows);
        first.execute(
            "INSERT INTO moved.t WITH RECURSIVE n (id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM n"
                + " WHERE id < "
                + rows
                + ") SELECT id FROM n");
        List<String> _ =
            eventuallySees(
                "a part of the transaction",
                CaptureSuite.LIMIT,
                () -> events(suite, "/after/id"),
                seen -> seen.size() > 1_000);
        suite.put("moved", slow, DesiredState.PAUSED);
        suite.awaitState("moved", State.PAUSED);
        var offset =
            JsonMapper.shared()
                .readTree(suite.committed(suite.settings.topics().offsets()).getLast().value());
        assertThat(offset.at("/offset/event").asLong()).as(offset.toString()).isPositive();
        assertThat(offset.at("/transaction/gtid").asString()).startsWith(uuid(first));

        awaitReplica(first, second);
        primary.kill();
        second.execute("STOP REPLICA");
        second.execute("RESET REPLICA ALL");
        insert(second, rows + 1, rows + 1);
        suite.put("moved", config(suite, replica), DesiredState.RUNNING);
        awaitIds(suite, rows + 1);
      }
    }
  }

  @Test
  void withoutGtidsAnotherServerIsRefusedThoughItHasABinlogOfThatName(KafkaServer kafka)
      throws Exception {
    String[] flags = {"--gtid-mode=OFF", "--enforce-gtid-consistency=OFF"};
    try (MySqlServer known = SharedServers.ownMySql(flags);
        MySqlServer other = SharedServers.ownMySql(flags);
        CaptureSuite suite = new CaptureSuite(kafka, "suite-other")) {
      known.start();
      other.start();
      try (Connection onKnown = known.connect();
          Connection onOther = other.connect();
          Statement first = onKnown.createStatement();
          Statement second = onOther.createStatement()) {
        second.execute("CREATE DATABASE moved");
        second.execute("CREATE TABLE moved.t (id INT PRIMARY KEY)");
        insert(second, 1, 100);
        begin(suite, known, first);
        insert(first, 2, 3);
        awaitIds(suite, 3);
        suite.put("moved", config(suite, other), DesiredState.RUNNING);
        assertThat(suite.awaitState("moved", State.FAILED).reason())
            .contains("another server", uuid(first), uuid(second), "?remove=state");

        suite.put("moved", config(suite, known), DesiredState.RUNNING);
        suite.awaitState("moved", State.RUNNING);
        insert(first, 4, 10);
        awaitIds(suite, 10);
      }
    }
  }

  private static void replicate(MySqlServer primary, Statement replica) throws SQLException {
    replica.execute("RESET BINARY LOGS AND GTIDS");
    replica.execute(
        """
        CHANGE REPLICATION SOURCE TO SOURCE_HOST = '%s', SOURCE_PORT = %d, SOURCE_USER = '%s',
          SOURCE_PASSWORD = '%s', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1\
        """
            .formatted(primary.host(), primary.port(), primary.user(), primary.password()));
    replica.execute("START REPLICA");
    // The replica's files and positions are not the primary's.
    replica.execute("FLUSH BINARY LOGS");
    replica.execute("FLUSH BINARY LOGS");
  }

  private static void begin(CaptureSuite suite, MySqlServer mysql, Statement statement)
      throws Exception {
    statement.execute("CREATE DATABASE moved");
    statement.execute("CREATE TABLE moved.t (id INT PRIMARY KEY)");
    insert(statement, 1, 1);
    suite.start();
    suite.put("moved", config(suite, mysql), DesiredState.RUNNING);
    suite.awaitState("moved", State.RUNNING);
    awaitIds(suite, 1);
  }

  private static Map<String, String> config(CaptureSuite suite, MySqlServer mysql) {
    return CaptureSuite.config(mysql, suite.settings.topicPrefix() + "-data", "moved");
  }

  private static void insert(Statement statement, int from, int to) throws SQLException {
    for (int id = from; id <= to; id++) {
      statement.execute("INSERT INTO moved.t VALUES (" + id + ")");
    }
  }

  private static void awaitReplica(Statement primary, Statement replica) throws SQLException {
    String executed = value(primary, "SELECT @@GLOBAL.gtid_executed");
    String missing = "SELECT GTID_SUBTRACT('" + executed + "', @@GLOBAL.gtid_executed)";
    eventually(
        "the replica to have all of the primary",
        CaptureSuite.LIMIT,
        () -> value(replica, missing).isEmpty());
  }

  private static String uuid(Statement statement) throws SQLException {
    return value(statement, "SELECT @@GLOBAL.server_uuid");
  }

  private static String value(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Each once and in their order, and nothing beside them. */
  private static void awaitIds(CaptureSuite suite, int last) {
    List<Integer> ids =
        eventuallySees(
            last + " events",
            CaptureSuite.LIMIT,
            () -> events(suite, "/after/id").stream().map(Integer::valueOf).toList(),
            seen -> seen.size() >= last);
    assertThat(ids).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
  }

  private static List<String> operations(CaptureSuite suite) {
    return events(suite, "/op");
  }

  private static List<String> events(CaptureSuite suite, String pointer) {
    return suite.committed(suite.settings.topicPrefix() + "-data.moved.t").stream()
        .map(item -> JsonMapper.shared().readTree(item.value()).at(pointer).asString())
        .toList();
  }
}
