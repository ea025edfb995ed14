package dev.lockstep.system.resets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import dev.lockstep.system.suite.CommittedEvents;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Rows that were deleted while no binlog told of it don't stay in the target. */
@Tag("capture")
@ExtendWith(Servers.class)
class ResetsTest {
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 120));
  private static final int MANY = 40_000;

  private static String[] tables(String database, int rows) {
    String numbers =
        "WITH RECURSIVE n AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM n WHERE id < %d) SELECT id FROM n"
            .formatted(rows);
    return new String[] {
      "CREATE DATABASE " + database,
      "SET SESSION cte_max_recursion_depth = " + MANY,
      "CREATE TABLE %s.bare (v INT)".formatted(database),
      "INSERT INTO %s.bare VALUES (1), (1), (2), (3)".formatted(database),
      "CREATE TABLE %s.cleared (id INT PRIMARY KEY)".formatted(database),
      "INSERT INTO %s.cleared VALUES (1), (2)".formatted(database),
      "CREATE TABLE %s.barecleared (v INT)".formatted(database),
      "INSERT INTO %s.barecleared VALUES (1), (1)".formatted(database),
      "CREATE TABLE %s.keyed (id INT PRIMARY KEY)".formatted(database),
      "INSERT INTO %s.keyed %s".formatted(database, numbers)
    };
  }

  /** Of each kind of table, some rows of which nobody will ever be told. */
  private static void deleteUnseen(SourceAndTarget both, String database) throws SQLException {
    both.source(
        "DELETE FROM %s.bare WHERE v = 2".formatted(database),
        "DELETE FROM %s.bare WHERE v = 1 LIMIT 1".formatted(database),
        "INSERT INTO %s.bare VALUES (4)".formatted(database),
        "DELETE FROM %s.cleared".formatted(database),
        "DELETE FROM %s.barecleared".formatted(database),
        "DELETE FROM %s.keyed WHERE id <= 100".formatted(database),
        "INSERT INTO %s.keyed VALUES (-1)".formatted(database));
  }

  private static void awaitEqual(SourceAndTarget both, String database) throws SQLException {
    awaitEqual(both, database, "keyed", "bare");
    awaitEqual(both, database, "cleared", "barecleared");
  }

  private static void awaitEqual(SourceAndTarget both, String database, String keyed, String bare)
      throws SQLException {
    String ids = "SELECT id FROM %s.%s".formatted(database, keyed);
    both.awaitEqual(ids + " ORDER BY id", ids + " FINAL ORDER BY id", LIMIT);
    awaitEqual(both, database, bare);
  }

  private static void awaitEqual(SourceAndTarget both, String database, String bare)
      throws SQLException {
    String values = "SELECT v FROM %s.%s ORDER BY v".formatted(database, bare);
    both.awaitEqual(values, values, LIMIT);
  }

  private static void connect(
      LockstepSuite suite, MySqlServer mysql, String name, String database, String... more)
      throws Exception {
    var answer = suite.connect().post(name, config(mysql, name, database, more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static Map<String, String> config(
      MySqlServer mysql, String name, String database, String... more) {
    Map<String, String> config = new HashMap<>(ConnectApi.tutorial(mysql, name, database));
    config.put("topic.creation.default.partitions", "2");
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return config;
  }

  private static void reconnect(LockstepSuite suite, MySqlServer mysql, String name, String... more)
      throws Exception {
    Map<String, String> config = config(mysql, name, name, more);
    assertThat(suite.connect().call("PUT", "/connectors/" + name + "/stop", "").statusCode())
        .isEqualTo(204);
    suite.connect().awaitState(name, "STOPPED");
    var answer =
        suite
            .connect()
            .call(
                "PUT",
                "/connectors/" + name + "/config",
                JsonMapper.shared().writeValueAsString(config));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(suite.connect().call("PUT", "/connectors/" + name + "/resume", "").statusCode())
        .isEqualTo(202);
    suite.connect().awaitState(name, "RUNNING");
  }

  private static int published(LockstepSuite suite, String topic) {
    var count = new AtomicInteger();
    CommittedEvents.read(suite.kafka(), topic, item -> count.incrementAndGet());
    return count.get();
  }

  @Test
  void aSnapshotThatWasKilledLeavesNoRowThatWasDeletedBeforeTheNext(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    try (var suite = new LockstepSuite("of-resetkill", kafka, clickHouse).start()) {
      both.source(tables("resetkill", MANY));
      // Small batches, so that there is time to kill it in the middle.
      connect(
          suite,
          mysql,
          "resetkill",
          "resetkill",
          "max.batch.size",
          "20",
          "max.queue.size",
          "40",
          "snapshot.fetch.size",
          "40");
      Eventually.eventually(
          "rows of every table",
          LIMIT,
          () -> clickHouse.query("EXISTS resetkill.keyed").strip(),
          "1");
      suite.capture.kill();
      int first = published(suite, "resetkill.resetkill.keyed");
      assertThat(first).as("rows of the first attempt").isBetween(1, MANY - 1);
      deleteUnseen(both, "resetkill");
      suite.capture.start();
      awaitEqual(both, "resetkill");
    }
  }

  @Test
  void rowsDeletedInAGapOfTheBinlogGoWithTheSnapshotThatFollowsIt(
      KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    // A server of its own, for its binlog is taken away.
    try (MySqlServer mysql = SharedServers.ownMySql();
        var suite = new LockstepSuite("of-resetgap", kafka, clickHouse).start()) {
      mysql.start();
      var both = new SourceAndTarget(mysql, clickHouse);
      both.source(tables("resetgap", 1_000));
      connect(suite, mysql, "resetgap", "resetgap", "snapshot.mode", "when_needed");
      awaitEqual(both, "resetgap");
      both.source("INSERT INTO resetgap.keyed VALUES (5000)");
      awaitEqual(both, "resetgap");
      suite.capture.kill();
      deleteUnseen(both, "resetgap");
      both.source("RESET BINARY LOGS AND GTIDS");
      both.source("INSERT INTO resetgap.keyed VALUES (5001)");
      suite.capture.start();
      awaitEqual(both, "resetgap");
    }
  }

  @Test
  void rowsDeletedWhileATableWasOutOfTheConfigGoOnceItIsBack(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    try (var suite = new LockstepSuite("of-resetback", kafka, clickHouse).start()) {
      both.source(tables("resetback", 1_000));
      connect(suite, mysql, "resetback", "resetback");
      awaitEqual(both, "resetback");
      reconnect(suite, mysql, "resetback", "table.include.list", "resetback.bare");
      both.source(
          "DELETE FROM resetback.cleared",
          "DELETE FROM resetback.barecleared",
          "DELETE FROM resetback.keyed WHERE id <= 100",
          "INSERT INTO resetback.keyed VALUES (-1)",
          "INSERT INTO resetback.bare VALUES (5)");
      awaitEqual(both, "resetback", "bare");
      reconnect(
          suite,
          mysql,
          "resetback",
          "table.include.list",
          "resetback.bare,resetback.cleared,resetback.barecleared,resetback.keyed");
      both.source("INSERT INTO resetback.keyed VALUES (-2)");
      awaitEqual(both, "resetback");
    }
  }

  @Test
  void rowsDeletedBeforeAnotherConnectorTookOverGoWithItsFirstSnapshot(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    try (var suite = new LockstepSuite("of-resetanew", kafka, clickHouse).start()) {
      both.source(tables("resetanew", 1_000));
      connect(suite, mysql, "resetanew1", "resetanew");
      awaitEqual(both, "resetanew");
      var answer = suite.connect().call("DELETE", "/connectors/resetanew1", "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
      deleteUnseen(both, "resetanew");
      connect(suite, mysql, "resetanew2", "resetanew");
      // Of an empty table no record comes, so nobody in apply-service looks after its reset.
      awaitEqual(both, "resetanew", "keyed", "bare");
    }
  }
}
