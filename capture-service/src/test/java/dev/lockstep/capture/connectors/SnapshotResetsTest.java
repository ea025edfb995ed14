package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.TableReset;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which snapshots make earlier rows void, and which don't. */
@Tag("capture")
@ExtendWith(Servers.class)
class SnapshotResetsTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Test
  void everyTableThatTheSnapshotReadIsResetOnceEmptyOnesTooAndNoOther(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(
        mysql,
        "CREATE DATABASE reset",
        "CREATE TABLE reset.filled (id INT PRIMARY KEY)",
        "CREATE TABLE reset.bare (v INT)",
        "CREATE TABLE reset.empty (id INT PRIMARY KEY)",
        "CREATE TABLE reset.excluded (id INT PRIMARY KEY)",
        "CREATE TABLE reset.part (id INT PRIMARY KEY)",
        "INSERT INTO reset.filled VALUES (1), (2)",
        "INSERT INTO reset.bare VALUES (1), (1)",
        "INSERT INTO reset.part VALUES (1), (2)");
    try (var suite = new CaptureSuite(kafka, "suite-reset")) {
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "reset1", "reset");
      config.put("table.exclude.list", "reset.excluded");
      config.put("snapshot.select.statement.overrides", "reset.part");
      config.put(
          "snapshot.select.statement.overrides.reset.part", "SELECT * FROM reset.part WHERE id=1");
      suite.put("reset", config, DesiredState.RUNNING);
      await(suite, "reset1.reset.part", 1);
      Map<String, Long> resets = awaitReset(suite, "reset/reset.filled", "reset/reset.bare");
      assertThat(resets)
          .containsOnlyKeys("reset/reset.filled", "reset/reset.bare", "reset/reset.empty");
      for (String topic : List.of("reset1.reset.filled", "reset1.reset.bare")) {
        assertThat(versions(await(suite, topic, 2)))
            .allMatch(version -> version >= resets.get("reset/" + topic.substring(7)));
      }
      suite.stop();
      suite.start();
      execute(mysql, "INSERT INTO reset.filled VALUES (3)");
      await(suite, "reset1.reset.filled", 3);
      assertThat(resets(suite)).isEqualTo(resets);
    }
  }

  @Test
  void aSnapshotOfSchemasAloneResetsNothing(MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(
        mysql,
        "CREATE DATABASE nodata",
        "CREATE TABLE nodata.t (id INT PRIMARY KEY)",
        "INSERT INTO nodata.t VALUES (1)");
    try (var suite = new CaptureSuite(kafka, "suite-nodata")) {
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "nodata1", "nodata");
      config.put("snapshot.mode", "no_data");
      suite.put("nodata", config, DesiredState.RUNNING);
      suite.awaitState("nodata", State.RUNNING);
      eventually(
          "the stream",
          LIMIT,
          () -> {
            execute(mysql, "INSERT INTO nodata.t SELECT max(id) + 1 FROM nodata.t");
            return !suite.committed("nodata1.nodata.t").isEmpty();
          });
      assertThat(resets(suite)).isEmpty();
    }
  }

  @Test
  void aSnapshotThatStartsOverMakesVoidWhatItsFirstAttemptPublished(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(
        mysql,
        "CREATE DATABASE startover",
        "CREATE TABLE startover.t (id INT PRIMARY KEY)",
        "SET SESSION cte_max_recursion_depth = 100000",
        "INSERT INTO startover.t WITH RECURSIVE n AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM n WHERE id < 60000) SELECT id FROM n");
    try (var suite = new CaptureSuite(kafka, "suite-over")) {
      suite.start();
      Map<String, String> config = new HashMap<>(CaptureSuite.config(mysql, "again1", "startover"));
      config.put("max.batch.size", "100");
      config.put("max.queue.size", "200");
      suite.put("over", config, DesiredState.RUNNING);
      await(suite, "again1.startover.t", 500);
      suite.stop();
      List<Long> first = versions(suite.committed("again1.startover.t"));
      assertThat(first).as("an attempt that was interrupted").hasSizeLessThan(60_000);
      assertThat(resets(suite)).as("while a table is read").isEmpty();
      suite.start();
      long reset = awaitReset(suite, "over/startover.t").get("over/startover.t");
      List<Long> all = versions(await(suite, "again1.startover.t", first.size() + 60_000));
      assertThat(all.subList(0, first.size())).isEqualTo(first).allMatch(v -> v < reset);
      assertThat(all.subList(first.size(), all.size())).hasSize(60_000).allMatch(v -> v >= reset);
    }
  }

  @Test
  void aTableThatComesBackToTheConfigIsResetOnceItIsReadAgain(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    execute(
        mysql,
        "CREATE DATABASE back",
        "CREATE TABLE back.kept (id INT PRIMARY KEY)",
        "CREATE TABLE back.taken (id INT PRIMARY KEY)",
        "CREATE TABLE back.emptied (id INT PRIMARY KEY)",
        "INSERT INTO back.kept VALUES (1)",
        "INSERT INTO back.taken VALUES (1), (2)",
        "INSERT INTO back.emptied VALUES (1)");
    try (var suite = new CaptureSuite(kafka, "suite-back")) {
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "back1", "back");
      suite.put("back", config, DesiredState.RUNNING);
      Map<String, Long> first =
          awaitReset(suite, "back/back.kept", "back/back.taken", "back/back.emptied");
      config.put("table.include.list", "back.kept");
      suite.put("back", config, DesiredState.RUNNING);
      suite.awaitState("back", State.RUNNING);
      execute(
          mysql,
          "DELETE FROM back.taken WHERE id = 1",
          "INSERT INTO back.taken VALUES (3)",
          "DELETE FROM back.emptied",
          "INSERT INTO back.kept VALUES (2)");
      await(suite, "back1.back.kept", 2);
      config.remove("table.include.list");
      suite.put("back", config, DesiredState.RUNNING);
      Map<String, Long> second =
          eventuallySees(
              "both tables to be reset again",
              LIMIT,
              () -> resets(suite),
              seen ->
                  seen.get("back/back.taken") > first.get("back/back.taken")
                      && seen.get("back/back.emptied") > first.get("back/back.emptied"));
      assertThat(second).containsEntry("back/back.kept", first.get("back/back.kept"));
      List<Long> taken = versions(await(suite, "back1.back.taken", 4));
      long reset = second.get("back/back.taken");
      assertThat(taken.subList(0, 2)).as("read before it left").allMatch(v -> v < reset);
      assertThat(taken.subList(2, 4)).as("read when it was back").allMatch(v -> v >= reset);
      assertThat(versions(suite.committed("back1.back.emptied")))
          .hasSize(1)
          .allMatch(v -> v < second.get("back/back.emptied"));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> await(
      CaptureSuite suite, String topic, int count) {
    return eventuallySees(
        count + " records in " + topic,
        LIMIT,
        () -> suite.committed(topic),
        seen -> seen.size() >= count);
  }

  private static Map<String, Long> awaitReset(CaptureSuite suite, String... keys) {
    return eventuallySees(
        "resets of " + List.of(keys),
        LIMIT,
        () -> resets(suite),
        seen -> seen.keySet().containsAll(List.of(keys)));
  }

  private static Map<String, Long> resets(CaptureSuite suite) {
    Map<String, Long> resets = new HashMap<>();
    suite
        .committed(suite.settings.topics().resets())
        .forEach(
            item -> {
              TableReset reset = ControlCodec.decode(item.value(), TableReset.class);
              assertThat(ControlCodec.key(item.key())).isEqualTo(reset.recordKey());
              resets.put(reset.recordKey(), reset.resetBefore());
            });
    return resets;
  }

  private static List<Long> versions(List<ConsumerRecord<byte[], byte[]>> seen) {
    return seen.stream()
        .map(item -> EventHeaders.read(item.headers(), EventHeaders.VERSION))
        .toList();
  }

  private static void execute(MySqlServer mysql, String... statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
