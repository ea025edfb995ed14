package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A source whose commits wait for a semi-synchronous replica that never comes: they stand in the
 * binlog, and nobody can read their rows yet.
 */
@Tag("capture")
@ExtendWith(Servers.class)
class SnapshotVisibilityTest {
  @ParameterizedTest
  @EnumSource(
      value = SnapshotType.class,
      names = {"INCREMENTAL", "BLOCKING"})
  void aRowIsNeverReadOlderThanTheStreamHasPublishedIt(SnapshotType type, KafkaServer kafka)
      throws Exception {
    try (MySqlServer mysql = SharedServers.ownMySql()) {
      mysql.start();
      execute(mysql, "INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so'");
      execute(mysql, "SET GLOBAL rpl_semi_sync_source_timeout = 600000");
      execute(mysql, "SET GLOBAL rpl_semi_sync_source_wait_no_replica = ON");
      String name = "hidden_" + type.name().toLowerCase(Locale.ROOT);
      check(mysql, kafka, name, type, "rpl_semi_sync_source_enabled");
    }
  }

  @Test
  void neitherInMariaDb(KafkaServer kafka) throws Exception {
    try (MySqlServer mariaDb = SharedServers.ownMariaDb()) {
      mariaDb.start();
      execute(mariaDb, "SET GLOBAL rpl_semi_sync_master_timeout = 600000");
      execute(mariaDb, "SET GLOBAL rpl_semi_sync_master_wait_no_slave = ON");
      execute(mariaDb, "SET GLOBAL rpl_semi_sync_master_wait_point = 'AFTER_SYNC'");
      check(
          mariaDb,
          kafka,
          "hidden_mariadb",
          SnapshotType.INCREMENTAL,
          "rpl_semi_sync_master_enabled");
    }
  }

  /**
   * Asks for a snapshot while a commit waits.
   *
   * @param semiSync the variable that makes commits wait
   */
  private static void check(
      MySqlServer source, KafkaServer kafka, String name, SnapshotType type, String semiSync)
      throws Exception {
    String topic = name + "." + name + ".t";
    execute(source, "CREATE DATABASE " + name);
    execute(source, "CREATE TABLE " + name + ".t (id INT PRIMARY KEY, v INT)");
    execute(source, "INSERT INTO " + name + ".t VALUES (1, 1), (2, 2), (3, 3)");
    try (var suite = new CaptureSuite(kafka, "suite-" + name.replace('_', '-'))) {
      suite.start();
      suite.put(name, CaptureSuite.config(source, name, name), DesiredState.RUNNING);
      suite.awaitState(name, ConnectorStatus.State.RUNNING);
      awaitLastWords(suite, topic, Map.of(1, 1, 2, 2, 3, 3));

      execute(source, "SET GLOBAL " + semiSync + " = ON");
      Thread writer = Thread.ofPlatform().start(() -> change(source, name));
      try {
        awaitLastWords(suite, topic, Map.of(1, 100, 3, 3));
        assertThat(rows(source, name)).as("what is read").isEqualTo(Map.of(1, 1, 2, 2, 3, 3));
        suite.command(
            SnapshotCommand.request(
                "s", name, type, List.of(new SnapshotTable(name, "t", null)), Instant.now()));
        SnapshotStatus _ =
            eventuallySees(
                "the snapshot to be begun",
                CaptureSuite.LIMIT,
                () -> suite.snapshot(name, "s"),
                status -> status.state() != State.QUEUED);
      } finally {
        execute(source, "SET GLOBAL " + semiSync + " = OFF");
        writer.join();
      }

      SnapshotStatus done = suite.awaitSnapshot(name, "s", State.COMPLETED);
      assertThat(lastWords(suite, topic)).isEqualTo(rows(source, name));
      assertThat(rows(source, name)).isEqualTo(Map.of(1, 100, 3, 3));
      assertThat(done.tables().getFirst().rowsRead()).isEqualTo(2);
    }
  }

  /** Returns once the commit need not wait for a replica any more. */
  private static void change(MySqlServer source, String database) {
    try (Connection connection = source.connect(database);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("UPDATE t SET v = 100 WHERE id = 1");
      statement.execute("DELETE FROM t WHERE id = 2");
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitLastWords(
      CaptureSuite suite, String topic, Map<Integer, Integer> expected) {
    Map<Integer, Integer> _ =
        eventuallySees(
            "the last words on the rows to be " + expected,
            CaptureSuite.LIMIT,
            () -> lastWords(suite, topic),
            expected::equals);
  }

  /** What a consumer holds that takes each record as the new state of its key. */
  private static Map<Integer, Integer> lastWords(CaptureSuite suite, String topic) {
    Map<Integer, Integer> rows = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> item : suite.committed(topic)) {
      int id = JsonMapper.shared().readTree(item.key()).path("id").asInt();
      JsonNode after = JsonMapper.shared().createObjectNode().path("after");
      if (item.value() != null) {
        after = JsonMapper.shared().readTree(item.value()).path("after");
      }
      if (after.isObject()) {
        rows.put(id, after.path("v").asInt());
      } else {
        rows.remove(id);
      }
    }
    return rows;
  }

  private static Map<Integer, Integer> rows(MySqlServer source, String database)
      throws SQLException {
    try (Connection connection = source.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, v FROM t")) {
      Map<Integer, Integer> found = new TreeMap<>();
      while (rows.next()) {
        found.put(rows.getInt(1), rows.getInt(2));
      }
      return found;
    }
  }

  private static void execute(MySqlServer source, String sql) throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
