package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("main-job")
@ExtendWith(Servers.class)
class CaptureTest {
  @Test
  void publishesSnapshotAndStreamAsPlainDebeziumJson(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    execute(
        mysql,
        "CREATE DATABASE plain",
        "CREATE TABLE plain.t (id INT PRIMARY KEY, n BIGINT UNSIGNED DEFAULT 7, d DECIMAL(10,2) NOT NULL)",
        "INSERT INTO plain.t VALUES (1, NULL, 1.50)");
    try (var suite = new CaptureSuite(kafka, "suite-plain")) {
      suite.start();
      suite.put("plain", CaptureSuite.config(mysql, "plain1", "plain"), DesiredState.RUNNING);
      suite.awaitState("plain", State.RUNNING);
      await(suite, "plain1.plain.t", 1);
      execute(mysql, "UPDATE plain.t SET d = -2.25", "DELETE FROM plain.t");
      List<ConsumerRecord<byte[], byte[]>> seen = await(suite, "plain1.plain.t", 4);

      assertThat(new String(seen.getFirst().key())).isEqualTo("{\"id\":1}");
      JsonNode read = json(seen.getFirst());
      assertThat(read.path("op").asString()).isEqualTo("r");
      assertThat(read.path("after").toString()).isEqualTo("{\"id\":1,\"n\":null,\"d\":\"AJY=\"}");
      assertThat(read.path("source").path("db").asString()).isEqualTo("plain");
      assertThat(json(seen.get(1)).path("op").asString()).isEqualTo("u");
      assertThat(json(seen.get(2)).path("op").asString()).isEqualTo("d");
      assertThat(seen.get(3).value()).as("tombstone").isNull();

      assertThat(versions(seen)).isSorted().doesNotHaveDuplicates();
      TableSchema schema = schemas(suite).getFirst();
      assertThat(EventHeaders.read(seen.get(1).headers(), EventHeaders.SCHEMA))
          .isEqualTo(schema.id());
      assertThat(schema.key()).containsExactly("id");
      assertThat(schema.columns())
          .extracting("name", "type", "length", "scale", "nullable")
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("id", "INT", null, null, false),
              org.assertj.core.groups.Tuple.tuple("n", "BIGINT UNSIGNED", null, null, true),
              org.assertj.core.groups.Tuple.tuple("d", "DECIMAL", 10, 2, false));
    }
  }

  @Test
  void goesOnAfterARestartWithoutGapOrDuplicate(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    execute(mysql, "CREATE DATABASE again", "CREATE TABLE again.t (id INT PRIMARY KEY, v INT)");
    try (var suite = new CaptureSuite(kafka, "suite-again")) {
      suite.start();
      suite.put("again", CaptureSuite.config(mysql, "again1", "again"), DesiredState.RUNNING);
      suite.awaitState("again", State.RUNNING);
      execute(mysql, "INSERT INTO again.t VALUES (0, 0)");
      await(suite, "again1.again.t", 1);
      insert(mysql, "again.t", 1, 500);
      await(suite, "again1.again.t", 2);
      suite.stop();
      insert(mysql, "again.t", 501, 1_000);
      execute(mysql, "ALTER TABLE again.t ADD COLUMN w INT NOT NULL DEFAULT 7");
      insert(mysql, "again.t (id, v)", 1_001, 1_500);
      suite.start();

      List<ConsumerRecord<byte[], byte[]>> seen = await(suite, "again1.again.t", 1_501);
      assertThat(
              runs(seen.stream().map(item -> json(item).path("after").path("id").asInt()).toList()))
          .isEqualTo("0-1500");
      assertThat(versions(seen)).isSorted().doesNotHaveDuplicates();
      assertThat(schemas(suite))
          .extracting(schema -> schema.columns().size())
          .containsExactly(2, 3);
    }
  }

  @Test
  void goesOnInTheMiddleOfALargeTransaction(MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(mysql, "CREATE DATABASE middle", "CREATE TABLE middle.t (id INT PRIMARY KEY, v INT)");
    try (var suite = new CaptureSuite(kafka, "suite-middle")) {
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "middle1", "middle");
      config.put("max.batch.size", "100");
      config.put("max.queue.size", "200");
      suite.put("middle", config, DesiredState.RUNNING);
      suite.awaitState("middle", State.RUNNING);
      execute(mysql, "INSERT INTO middle.t VALUES (0, 0)");
      await(suite, "middle1.middle.t", 1);
      insert(mysql, "middle.t", 1, 6_000);
      for (int stops = 1; stops <= 3; stops++) {
        await(suite, "middle1.middle.t", stops * 1_000);
        suite.stop();
        suite.start();
      }
      List<ConsumerRecord<byte[], byte[]>> seen = await(suite, "middle1.middle.t", 6_001);
      assertThat(
              runs(seen.stream().map(item -> json(item).path("after").path("id").asInt()).toList()))
          .isEqualTo("0-6000");
      assertThat(versions(seen)).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void pausesStopsReconfiguresAndDeletes(MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(
        mysql,
        "CREATE DATABASE life",
        "CREATE TABLE life.a (id INT PRIMARY KEY)",
        "CREATE TABLE life.b (id INT PRIMARY KEY)");
    try (var suite = new CaptureSuite(kafka, "suite-life")) {
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "life1", "life");
      suite.put("life", config, DesiredState.RUNNING);
      suite.awaitState("life", State.RUNNING);
      suite.put("life", config, DesiredState.PAUSED);
      suite.awaitState("life", State.PAUSED);
      execute(mysql, "INSERT INTO life.a VALUES (1)", "INSERT INTO life.b VALUES (1)");
      Map<String, String> onlyB = new HashMap<>(config);
      onlyB.put("table.include.list", "life.b");
      suite.put("life", onlyB, DesiredState.RUNNING);
      suite.awaitState("life", State.RUNNING);
      await(suite, "life1.life.b", 1);
      suite.delete("life");
      eventually("the state to be gone", CaptureSuite.LIMIT, () -> !suite.isReported("life"));
    }
  }

  @Test
  void aConnectorThatCannotConnectSaysWhyAndLeavesItsNeighbourAlone(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(mysql, "CREATE DATABASE good", "CREATE TABLE good.t (id INT PRIMARY KEY)");
    try (var suite = new CaptureSuite(kafka, "suite-bad")) {
      suite.start();
      Map<String, String> bad = CaptureSuite.config(mysql, "bad1", "good");
      bad.put("database.password", "not-the-password");
      suite.put("bad", bad, DesiredState.RUNNING);
      ConnectorStatus failed = suite.awaitState("bad", State.RETRYING);
      assertThat(failed.reason()).contains("Access denied").doesNotContain("not-the-password");
      suite.put("good", CaptureSuite.config(mysql, "good1", "good"), DesiredState.RUNNING);
      suite.awaitState("good", State.RUNNING);
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> await(
      CaptureSuite suite, String topic, int count) {
    return eventuallySees(
        count + " records in " + topic,
        CaptureSuite.LIMIT,
        () -> suite.committed(topic),
        seen -> seen.size() >= count);
  }

  private static List<Long> versions(List<ConsumerRecord<byte[], byte[]>> seen) {
    return seen.stream()
        .map(item -> EventHeaders.read(item.headers(), EventHeaders.VERSION))
        .toList();
  }

  /**
   * Ids as runs of neighbours, such as {@code 1-500 501-900}, where one run is one rising sequence.
   */
  private static String runs(List<Integer> ids) {
    StringBuilder runs = new StringBuilder();
    int first = ids.getFirst();
    for (int i = 1; i <= ids.size(); i++) {
      if (i == ids.size() || ids.get(i) != ids.get(i - 1) + 1) {
        runs.append(runs.isEmpty() ? "" : " ").append(first).append('-').append(ids.get(i - 1));
        first = i == ids.size() ? first : ids.get(i);
      }
    }
    return runs.toString();
  }

  private static List<TableSchema> schemas(CaptureSuite suite) {
    return suite.committed(suite.settings.topics().schemas()).stream()
        .map(item -> ControlCodec.decode(item.value(), TableSchema.class))
        .toList();
  }

  private static JsonNode json(ConsumerRecord<byte[], byte[]> item) {
    return JsonMapper.shared().readTree(item.value());
  }

  private static void insert(MySqlServer mysql, String into, int from, int to) throws Exception {
    String rows =
        String.join(
            ",",
            LongStream.rangeClosed(from, to)
                .mapToObj(id -> "(" + id + "," + id * 2 + ")")
                .toList());
    execute(mysql, "INSERT INTO " + into + " VALUES " + rows);
  }

  private static void execute(MySqlServer mysql, String... statements) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
