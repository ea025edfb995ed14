package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others deleted is told, never passed over. */
@Tag("main-job")
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

  private static void awaitFailure(KafkaSettings kafka, TableSchema schema, String reason) {
    eventuallySees(
        "the table to fail as " + reason,
        SOON,
        () -> ControlReader.status(kafka, schema.topic()),
        s -> s.state() == State.FAILED && String.valueOf(s.reason()).contains(reason));
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
}
