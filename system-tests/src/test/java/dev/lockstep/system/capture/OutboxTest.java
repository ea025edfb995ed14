package dev.lockstep.system.capture;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.CommittedEvents;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/outbox.md, on real servers. */
@Tag("capture")
@ExtendWith(Servers.class)
class OutboxTest {
  private static final int AGGREGATES = 20;
  private static final int TRANSACTIONS = 1_500;
  private static final int KILL_EVERY = 400;
  private static final String TOPIC = "shop.events.order";
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 180));

  /** How many events each aggregate has had. */
  private final Map<String, Integer> sent = new TreeMap<>();

  @Test
  void eventsComeOnceInTheOrderOfTheirAggregateThoughCaptureIsKilledAndTheOtherTableIsMirrored(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    both.source(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.orders (id INT PRIMARY KEY, changes INT NOT NULL)",
        "CREATE TABLE shop.outbox (id CHAR(36) PRIMARY KEY, aggregatetype VARCHAR(50) NOT NULL,"
            + " aggregateid VARCHAR(50) NOT NULL, type VARCHAR(50) NOT NULL, payload JSON NOT NULL)");
    try (var suite = new LockstepSuite("outbox", kafka, clickHouse).start();
        Connection connection = mysql.connect("shop")) {
      var random = new Random(20261123);
      transaction(connection, random.nextInt(AGGREGATES), false);
      assertThat(suite.connect().post("shop", config(mysql)).statusCode()).isEqualTo(201);
      awaitEvents(suite, 1);
      transaction(connection, random.nextInt(AGGREGATES), true);
      awaitEvents(suite, 2);
      for (int i = 1; i <= TRANSACTIONS; i++) {
        transaction(connection, random.nextInt(AGGREGATES), true);
        if (i % KILL_EVERY == 0) {
          suite.capture.kill();
          suite.capture.start();
        }
      }
      awaitEvents(suite, TRANSACTIONS + 2);

      Map<String, List<Integer>> seen = new TreeMap<>();
      CommittedEvents.read(suite.kafka(), TOPIC, event -> take(event, seen));
      Map<String, List<Integer>> expected = new TreeMap<>();
      sent.forEach(
          (id, count) -> expected.put(id, IntStream.rangeClosed(1, count).boxed().toList()));
      assertThat(seen).isEqualTo(expected);
      both.awaitEqual(
          "SELECT id, changes FROM shop.orders ORDER BY id",
          "SELECT id, changes FROM shop.orders FINAL ORDER BY id",
          LIMIT);
      assertThat(both.targetRows("SELECT name FROM system.tables WHERE database = 'shop'"))
          .containsExactly("orders");
      assertThat(suite.connect().get("/api/v1/tables").toString())
          .contains("orders")
          .doesNotContain("events", "quarantined\":1");
      suite.connect().awaitState("shop", "RUNNING");
    }
  }

  private static Map<String, String> config(MySqlServer mysql) {
    Map<String, String> config = new HashMap<>(ConnectApi.tutorial(mysql, "shop", "shop"));
    config.put("transforms", "outbox");
    config.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
    config.put("transforms.outbox.predicate", "isOutbox");
    config.put("transforms.outbox.table.expand.json.payload", "true");
    config.put("transforms.outbox.route.topic.replacement", "shop.events.${routedByValue}");
    config.put("transforms.outbox.table.fields.additional.placement", "type:header:eventType");
    config.put("predicates", "isOutbox");
    config.put(
        "predicates.isOutbox.type",
        "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    config.put("predicates.isOutbox.pattern", "shop\\.shop\\.outbox");
    config.put("topic.creation.groups", "events");
    config.put("topic.creation.events.include", "shop\\.events\\..*");
    config.put("topic.creation.events.partitions", "3");
    return config;
  }

  /** Changes an order, tells of it, and removes what told of it, which is for the binlog alone. */
  private void transaction(Connection connection, int order, boolean deletes) throws Exception {
    int number = sent.merge("order-" + order, 1, Integer::sum);
    String id = UUID.randomUUID().toString();
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "INSERT INTO orders VALUES (%d, 1) ON DUPLICATE KEY UPDATE changes = changes + 1"
              .formatted(order));
      statement.execute(
          "INSERT INTO outbox VALUES ('%s', 'order', 'order-%d', 'Changed', '{\"number\": %d}')"
              .formatted(id, order, number));
      if (deletes) {
        statement.execute("DELETE FROM outbox WHERE id = '" + id + "'");
      }
      connection.commit();
    }
  }

  private static void take(ConsumerRecord<byte[], byte[]> event, Map<String, List<Integer>> seen) {
    JsonNode value = JsonMapper.shared().readTree(event.value());
    assertThat(new String(event.headers().lastHeader("eventType").value(), UTF_8))
        .isEqualTo("Changed");
    seen.computeIfAbsent(new String(event.key(), UTF_8).replace("\"", ""), _ -> new ArrayList<>())
        .add(value.path("number").asInt());
  }

  private static void awaitEvents(LockstepSuite suite, int count) {
    int _ =
        eventuallySees(
            count + " events",
            LIMIT,
            () -> {
              List<byte[]> keys = new ArrayList<>();
              CommittedEvents.read(suite.kafka(), TOPIC, event -> keys.add(event.key()));
              return keys.size();
            },
            found -> found >= count);
  }
}
