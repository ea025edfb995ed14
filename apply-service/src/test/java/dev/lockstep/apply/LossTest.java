package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others deleted is told, never passed over. */
@Tag("main-job")
@Tag("types")
@ExtendWith(Servers.class)
class LossTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static KafkaSettings kafka(String suite) {
    String brokers = SharedServers.kafka().bootstrapServers();
    return new KafkaSettings(brokers, suite, (short) 1, Map.of());
  }

  private static TableSchema table(SourceTopic source, String suite, int partitions)
      throws Exception {
    String topic = suite + "src." + suite + ".t";
    source.connector(suite, suite + "src");
    source.topic(topic, partitions);
    return source.schema(suite, topic, List.of(ID, NAME), List.of("id"));
  }

  private static String[] rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> created("{\"id\":%d,\"name\":\"n%d\"}".formatted(i, i)))
        .toArray(String[]::new);
  }

  private static void deleteBefore(KafkaSettings kafka, TableSchema schema, long offset)
      throws Exception {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      var before = Map.of(partition(schema), RecordsToDelete.beforeOffset(offset));
      admin.deleteRecords(before).all().get();
    }
  }

  private static long committed(KafkaSettings kafka, TableSchema schema) throws Exception {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      var offsets = admin.listConsumerGroupOffsets(group(kafka)).partitionsToOffsetAndMetadata();
      return offsets.get().get(partition(schema)).offset();
    }
  }

  private static void accept(KafkaSettings kafka, TableSchema schema, long begin) throws Exception {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      var to = Map.of(partition(schema), new OffsetAndMetadata(begin));
      admin.alterConsumerGroupOffsets(group(kafka), to).all().get();
    }
  }

  private static String group(KafkaSettings kafka) {
    return kafka.topicPrefix() + "-apply";
  }

  private static TopicPartition partition(TableSchema schema) {
    return new TopicPartition(schema.topic(), 0);
  }

  private static void awaitFailure(KafkaSettings kafka, TableSchema schema, String reason) {
    eventuallySees(
        "the table to fail as " + reason,
        SOON,
        () -> ControlReader.status(kafka, schema.topic()),
        s -> s.state() == State.FAILED && String.valueOf(s.reason()).contains(reason));
  }

  @Test
  void recordsThatExpiredWhileNobodyAppliedStopTheTable(ClickHouseServer clickHouse)
      throws Exception {
    KafkaSettings kafka = kafka("expired");
    try (SourceTopic source = new SourceTopic(kafka)) {
      TableSchema schema = table(source, "expired", 1);
      String count = "SELECT count() FROM expired.t";
      try (RunningService _ = new RunningService(kafka, clickHouse)) {
        source.publish(schema, rows(0, 10));
        eventually("the rows", SOON, () -> clickHouse.query(count), "10\n");
        eventually("their commit", SOON, () -> committed(kafka, schema), 11L);
      }
      source.publish(schema, rows(10, 20));
      deleteBefore(kafka, schema, 15);
      try (RunningService _ = new RunningService(kafka, clickHouse)) {
        awaitFailure(kafka, schema, "4 of partition 0 (11 to 14)");
        source.publish(schema, rows(20, 30));
        awaitFailure(kafka, schema, "--group expired-apply --topic " + schema.topic());
      }
      assertThat(committed(kafka, schema)).isEqualTo(11);
      assertThat(clickHouse.query(count)).isEqualTo("10\n");
      accept(kafka, schema, 15);
      try (RunningService _ = new RunningService(kafka, clickHouse)) {
        eventually("the rest", SOON, () -> clickHouse.query(count), "26\n");
      }
    }
  }

  @Test
  void recordsThatExpiredWhileTheTableWasStoppedKeepItStopped(ClickHouseServer clickHouse)
      throws Exception {
    KafkaSettings kafka = kafka("overtaken");
    try (SourceTopic source = new SourceTopic(kafka)) {
      TableSchema schema = table(source, "overtaken", 1);
      try (RunningService _ = new RunningService(kafka, clickHouse)) {
        source.publish(schema, rows(0, 10));
        eventually("their commit", SOON, () -> committed(kafka, schema), 11L);
        clickHouse.query("RENAME TABLE overtaken.t TO overtaken.away");
        source.publish(schema, rows(10, 20));
        awaitFailure(kafka, schema, "is gone");
        deleteBefore(kafka, schema, 22);
        clickHouse.query("RENAME TABLE overtaken.away TO overtaken.t");
        awaitFailure(kafka, schema, "11 of partition 0 (11 to 21)");
      }
      assertThat(committed(kafka, schema)).isEqualTo(11);
      assertThat(clickHouse.query("SELECT count() FROM overtaken.t")).isEqualTo("10\n");
    }
  }

  @Test
  void aTargetTableThatVanishedIsMissedByAPartitionThatHadNoRows(ClickHouseServer clickHouse)
      throws Exception {
    KafkaSettings kafka = kafka("twoparts");
    try (SourceTopic source = new SourceTopic(kafka)) {
      TableSchema schema = table(source, "twoparts", 2);
      try (RunningService _ = new RunningService(kafka, clickHouse)) {
        source.publishTo(0, schema, rows(0, 10));
        eventually(
            "the rows", SOON, () -> clickHouse.query("SELECT count() FROM twoparts.t"), "10\n");
        clickHouse.query("DROP TABLE twoparts.t SYNC");
        source.publishTo(1, schema, rows(10, 20));
        awaitFailure(kafka, schema, "is gone, and 10 rows");
      }
    }
  }

  /** Kafka's client gives such topics the same metrics, and loses the records of that poll. */
  @Test
  void topicsThatDifferByADotOnlyLoseNothing(ClickHouseServer clickHouse) throws Exception {
    KafkaSettings kafka = kafka("dots");
    try (SourceTopic source = new SourceTopic(kafka);
        RunningService _ = new RunningService(kafka, clickHouse)) {
      source.connector("dots", "dotssrc");
      List<String> topics = List.of("dotssrc.dots.order_items", "dotssrc.dots_order.items");
      source.topics(topics);
      for (String topic : topics) {
        TableSchema schema = source.schema("dots", topic, List.of(ID, NAME), List.of("id"));
        source.publish(schema, rows(0, 1000));
        source.publish(schema, rows(1000, 2000));
      }
      eventually(
          "all rows",
          SOON,
          () -> clickHouse.query("SELECT count() FROM dots.order_items"),
          "2000\n");
      eventually(
          "all rows",
          SOON,
          () -> clickHouse.query("SELECT count() FROM dots_order.items"),
          "2000\n");
    }
  }
}
