package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A MariaDB that is replaced by its replica, or purges what was not read. */
@Tag("capture")
@ExtendWith(Servers.class)
class MariaDbSourceTest {
  private static final String LAST = "SELECT @@GLOBAL.gtid_binlog_pos";

  @Test
  void thePlaceIsFoundOnAReplicaThatWasPromotedAndIsAwaitedOnOneThatLags(KafkaServer kafka)
      throws Exception {
    try (MariaDbServer primary = SharedServers.ownMariaDb("--server-id=11");
        MariaDbServer replica =
            SharedServers.ownMariaDb("--server-id=12", "--log-slave-updates=ON");
        CaptureSuite suite = new CaptureSuite(kafka, "maria-failover")) {
      primary.start();
      replica.start();
      try (Connection onPrimary = primary.connect();
          Connection onReplica = replica.connect();
          Statement first = onPrimary.createStatement();
          Statement second = onReplica.createStatement()) {
        replicate(primary, first, second);
        begin(suite, primary, first);
        first.execute("ALTER TABLE moved.t ADD COLUMN v INT NOT NULL DEFAULT 7");
        insert(first, 2, 100);
        awaitIds(suite, 100);
        awaitReplica(first, second);

        second.execute("STOP SLAVE");
        insert(first, 101, 150);
        awaitIds(suite, 150);
        suite.put("moved", config(suite, replica), DesiredState.RUNNING);
        assertThat(suite.awaitState("moved", State.RETRYING).reason())
            .contains("has not executed transactions that this connector has published", "0-11-");

        insert(first, 151, 200);
        second.execute("START SLAVE");
        awaitReplica(first, second);
        primary.kill();
        second.execute("STOP SLAVE");
        second.execute("RESET SLAVE ALL");
        insert(second, 201, 250);
        suite.awaitState("moved", State.RUNNING);
        awaitIds(suite, 250);
        suite.stop();
        insert(second, 251, 300);
        suite.start();
        awaitIds(suite, 300);
        assertThat(events(suite, "/op").subList(1, 300)).containsOnly("c");
        assertThat(events(suite, "/after/v").subList(1, 300)).containsOnly("7");
      }
    }
  }

  /** The replica writes smaller events, so a place within the transaction means another there. */
  @Test
  void aTransactionThatWasPartlyPublishedIsWholeAfterAFailover(KafkaServer kafka) throws Exception {
    int rows = 40_000;
    try (MariaDbServer primary = SharedServers.ownMariaDb("--server-id=11");
        MariaDbServer replica =
            SharedServers.ownMariaDb(
                "--server-id=12", "--log-slave-updates=ON", "--binlog-row-event-max-size=256");
        CaptureSuite suite = new CaptureSuite(kafka, "maria-partly")) {
      primary.start();
      replica.start();
      try (Connection onPrimary = primary.connect();
          Connection onReplica = replica.connect();
          Statement first = onPrimary.createStatement();
          Statement second = onReplica.createStatement()) {
        replicate(primary, first, second);
        begin(suite, primary, first);
        Map<String, String> slow = new HashMap<>(config(suite, primary));
        slow.put("max.batch.size", "128");
        slow.put("max.queue.size", "256");
        suite.put("moved", slow, DesiredState.RUNNING);
        suite.awaitState("moved", State.RUNNING);
        first.execute("USE moved");
        first.execute("INSERT INTO t (id) SELECT seq FROM seq_2_to_" + rows);
        List<String> _ =
            eventuallySees(
                "a part of the transaction",
                CaptureSuite.LIMIT,
                () -> events(suite, "/after/id"),
                seen -> seen.size() > 1_000);
        suite.put("moved", slow, DesiredState.PAUSED);
        suite.awaitState("moved", State.PAUSED);
        JsonNode offset =
            JsonMapper.shared()
                .readTree(suite.committed(suite.settings.topics().offsets()).getLast().value());
        assertThat(offset.at("/offset/event").asLong()).as(offset.toString()).isPositive();
        assertThat(offset.at("/transaction/gtid").asString()).startsWith("0-11-");
        assertThat(offset.path("server").asString()).isEqualTo("11");

        awaitReplica(first, second);
        primary.kill();
        second.execute("STOP SLAVE");
        second.execute("RESET SLAVE ALL");
        insert(second, rows + 1, rows + 1);
        suite.put("moved", config(suite, replica), DesiredState.RUNNING);
        awaitIds(suite, rows + 1);
      }
    }
  }

  @Test
  void aBinlogPurgedPastTheOffsetFailsTheConnectorAndTheWayOutItNamesWorks(KafkaServer kafka)
      throws Exception {
    try (MariaDbServer mariaDb = SharedServers.ownMariaDb();
        CaptureSuite suite = new CaptureSuite(kafka, "maria-purged")) {
      mariaDb.start();
      try (Connection connection = mariaDb.connect();
          Statement statement = connection.createStatement()) {
        begin(suite, mariaDb, statement);
        suite.stop();
        insert(statement, 2, 2);
        purge(statement);
        suite.start();
        assertThat(suite.awaitState("moved", State.FAILED).reason())
            .contains("purged past", "snapshot.mode=when_needed");

        Map<String, String> config = new HashMap<>(config(suite, mariaDb));
        config.put("snapshot.mode", "when_needed");
        suite.put("moved", config, DesiredState.RUNNING);
        List<String> ids =
            eventuallySees(
                "the rows of another snapshot",
                CaptureSuite.LIMIT,
                () -> events(suite, "/after/id"),
                seen -> seen.size() >= 3);
        assertThat(ids).containsExactly("1", "1", "2");
      }
    }
  }

  /**
   * Nothing of what was written until now is left. A file stays as long as a connection reads it,
   * and the server takes its time to see that one has gone.
   */
  private static void purge(Statement statement) throws SQLException {
    statement.execute("FLUSH BINARY LOGS");
    String current = value(statement, "SHOW MASTER STATUS");
    eventually(
        "the files before " + current + " to be gone",
        CaptureSuite.LIMIT,
        () -> {
          statement.execute("PURGE BINARY LOGS TO '" + current + "'");
          return value(statement, "SHOW BINARY LOGS");
        },
        current);
  }

  private static void replicate(MariaDbServer primary, Statement first, Statement second)
      throws SQLException {
    second.execute("RESET MASTER");
    second.execute("SET GLOBAL gtid_slave_pos = '" + value(first, LAST) + "'");
    second.execute(
        """
        CHANGE MASTER TO MASTER_HOST = '%s', MASTER_PORT = %d, MASTER_USER = '%s',
          MASTER_PASSWORD = '%s', MASTER_USE_GTID = slave_pos\
        """
            .formatted(primary.host(), primary.port(), primary.user(), primary.password()));
    second.execute("START SLAVE");
    // The replica's files and positions are not the primary's.
    second.execute("FLUSH BINARY LOGS");
    second.execute("FLUSH BINARY LOGS");
  }

  private static void begin(CaptureSuite suite, MariaDbServer mariaDb, Statement statement)
      throws Exception {
    statement.execute("CREATE DATABASE moved");
    statement.execute("CREATE TABLE moved.t (id INT PRIMARY KEY)");
    insert(statement, 1, 1);
    suite.start();
    suite.put("moved", config(suite, mariaDb), DesiredState.RUNNING);
    suite.awaitState("moved", State.RUNNING);
    awaitIds(suite, 1);
  }

  private static Map<String, String> config(CaptureSuite suite, MariaDbServer mariaDb) {
    return CaptureSuite.config(mariaDb, suite.settings.topicPrefix() + "-data", "moved");
  }

  private static void insert(Statement statement, int from, int to) throws SQLException {
    for (int id = from; id <= to; id++) {
      statement.execute("INSERT INTO moved.t (id) VALUES (" + id + ")");
    }
  }

  private static void awaitReplica(Statement primary, Statement replica) throws SQLException {
    String last = value(primary, LAST);
    eventually(
        "the replica to have all of the primary",
        CaptureSuite.LIMIT,
        () -> value(replica, LAST),
        last);
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

  private static List<String> events(CaptureSuite suite, String pointer) {
    return suite.committed(suite.settings.topicPrefix() + "-data.moved.t").stream()
        .map(item -> JsonMapper.shared().readTree(item.value()).at(pointer).asString())
        .toList();
  }
}
