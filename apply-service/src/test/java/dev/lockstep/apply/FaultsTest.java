package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.updated;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.commit.Progress;
import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("main-job")
@ExtendWith(Servers.class)
class FaultsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static KafkaSettings kafka(String suite) {
    String brokers = SharedServers.kafka().bootstrapServers();
    return new KafkaSettings(brokers, suite, (short) 1, Map.of());
  }

  private static TableSchema table(SourceTopic source, String suite) throws Exception {
    String topic = suite + "src." + suite + ".t";
    source.connector(suite, suite + "src");
    source.topic(topic, 1);
    return source.schema(suite, topic, List.of(ID, NAME), List.of("id"));
  }

  private static String[] rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> created("{\"id\":%d,\"name\":\"n%d\"}".formatted(i, i)))
        .toArray(String[]::new);
  }

  @Test
  void aClickHouseThatIsKilledLosesNothingAndQuarantinesNothing() throws Exception {
    KafkaSettings kafka = kafka("chkill");
    try (ClickHouseServer clickHouse = SharedServers.ownClickHouse();
        SourceTopic source = new SourceTopic(kafka)) {
      clickHouse.start();
      TableSchema schema = table(source, "chkill");
      try (RunningService service = new RunningService(kafka, clickHouse)) {
        source.publish(schema, rows(0, 1_000));
        eventually(
            "the first rows",
            SOON,
            () -> clickHouse.query("SELECT count() FROM chkill.t FINAL"),
            "1000\n");
        clickHouse.kill();
        for (int i = 1; i < 20; i++) {
          source.publish(schema, rows(i * 1_000, (i + 1) * 1_000));
        }
        eventuallySees(
            "a status that says it waits",
            SOON,
            () -> ControlReader.status(kafka, schema.topic()),
            status -> status.state() == State.RETRYING && status.reason() != null);
        eventuallySees(
            "readiness to tell the cause",
            SOON,
            () -> service.get("/actuator/health/readiness"),
            body -> body.startsWith("503") && body.contains("ClickHouse can't be reached"));
        assertThat(service.get("/actuator/health/liveness")).startsWith("200");
        clickHouse.start();
        eventually(
            "all rows",
            SOON,
            () -> clickHouse.query("SELECT count(), uniqExact(id) FROM chkill.t FINAL"),
            "20000\t20000\n");
        Progress progress =
            eventuallySees(
                "the counts",
                SOON,
                () -> service.progress(schema.topic()).orElseThrow(),
                p -> p.recordsRead() == 20_000);
        assertThat(progress.rowsApplied()).isEqualTo(20_000);
        assertThat(progress.quarantined()).isZero();
        eventuallySees(
            "the status to be well again",
            SOON,
            () -> ControlReader.status(kafka, schema.topic()),
            status -> status.state() == State.RUNNING && status.rowsApplied() == 20_000);
      }
    }
  }

  @Test
  void aServiceThatIsStoppedWhileTheTargetIsDownLosesNothing() throws Exception {
    KafkaSettings kafka = kafka("chstop");
    try (ClickHouseServer clickHouse = SharedServers.ownClickHouse();
        SourceTopic source = new SourceTopic(kafka)) {
      clickHouse.start();
      TableSchema schema = table(source, "chstop");
      int published = 0;
      for (int round = 1; round <= 3; round++) {
        for (int i = 0; i < 10; i++) {
          source.publish(schema, rows(published, published + 10_000));
          published += 10_000;
        }
        int before = published - 100_000;
        try (RunningService _ = new RunningService(kafka, clickHouse)) {
          eventuallySees(
              "some of the rows",
              SOON,
              () -> before == 0 ? exists(clickHouse) : count(clickHouse),
              rows -> rows > before);
          clickHouse.kill();
          eventuallySees(
              "a status that says it waits",
              SOON,
              () -> ControlReader.status(kafka, schema.topic()),
              status -> status.state() == State.RETRYING || status.rowsApplied() >= 100_000);
        }
        clickHouse.start();
      }
      try (RunningService _ = new RunningService(kafka, clickHouse)) {
        int all = published;
        eventually("all rows", SOON, () -> count(clickHouse) == all);
      }
    }
  }

  private static long exists(ClickHouseServer clickHouse) {
    String there = clickHouse.query("EXISTS TABLE chstop.t");
    return there.equals("1\n") ? count(clickHouse) : 0;
  }

  private static long count(ClickHouseServer clickHouse) {
    return Long.parseLong(clickHouse.query("SELECT count() FROM chstop.t FINAL").strip());
  }

  @Test
  void aClickHouseThatIsDownAtTheStartIsWaitedFor() throws Exception {
    KafkaSettings kafka = kafka("chdown");
    try (ClickHouseServer clickHouse = SharedServers.ownClickHouse();
        SourceTopic source = new SourceTopic(kafka)) {
      clickHouse.start();
      clickHouse.stop();
      TableSchema schema = table(source, "chdown");
      source.publish(schema, rows(0, 10));
      try (RunningService service = new RunningService(kafka, clickHouse)) {
        eventuallySees(
            "readiness to tell the cause",
            SOON,
            () -> service.get("/actuator/health/readiness"),
            body -> body.startsWith("503") && body.contains("ClickHouse can't be reached"));
        clickHouse.start();
        eventually(
            "the rows", SOON, () -> clickHouse.query("SELECT count() FROM chdown.t"), "10\n");
        eventually(
            "readiness", SOON, () -> service.get("/actuator/health/readiness").startsWith("200"));
      }
    }
  }

  @Test
  void aWrongPasswordIsWaitedOutWithoutShowingIt() throws Exception {
    KafkaSettings kafka = kafka("chpass");
    try (SourceTopic source = new SourceTopic(kafka)) {
      TableSchema schema = table(source, "chpass");
      source.publish(schema, rows(0, 10));
      try (RunningService service =
          new RunningService(
              kafka,
              SharedServers.clickHouse(),
              "--lockstep.apply.clickhouse.user=nobody",
              "--lockstep.apply.clickhouse.password=s3cr3t")) {
        var status =
            eventuallySees(
                "a status that says it waits",
                SOON,
                () -> ControlReader.status(kafka, schema.topic()),
                s -> s.state() == State.RETRYING);
        assertThat(status.reason()).contains("nobody").doesNotContain("s3cr3t");
        assertThat(service.progress(schema.topic()).orElseThrow().quarantined()).isZero();
      }
    }
  }

  @Test
  void countsSurviveARestartAndARedeliveryChangesNothing(ClickHouseServer clickHouse)
      throws Exception {
    KafkaSettings kafka = kafka("again");
    try (SourceTopic source = new SourceTopic(kafka)) {
      TableSchema schema = table(source, "again");
      source.publish(schema, rows(0, 500));
      String row = "{\"id\":7,\"name\":\"n7\"}";
      source.publish(schema, updated(row, "{\"id\":7,\"name\":\"changed\"}"));
      Progress before = runUntil(kafka, clickHouse, schema, 501);
      String rows = clickHouse.query("SELECT * FROM again.t FINAL ORDER BY id");

      source.publish(schema, SourceTopic.deleted("{\"id\":8,\"name\":\"n8\"}"));
      Progress after = runUntil(kafka, clickHouse, schema, 502);
      assertThat(after.rowsApplied()).isEqualTo(before.rowsApplied() + 1);
      assertThat(after.lastVersion()).isGreaterThan(before.lastVersion());

      rewind(kafka, schema.topic());
      runUntil(kafka, clickHouse, schema, 502);
      assertThat(clickHouse.query("SELECT * FROM again.t FINAL ORDER BY id"))
          .isEqualTo(rows.replaceFirst("8\tn8\t[^\n]*\n", ""));
    }
  }

  @Test
  void aTargetTableThatVanishedIsNotMadeAnewWithoutAWord(ClickHouseServer clickHouse)
      throws Exception {
    KafkaSettings kafka = kafka("gone");
    try (SourceTopic source = new SourceTopic(kafka)) {
      TableSchema schema = table(source, "gone");
      try (RunningService service = new RunningService(kafka, clickHouse)) {
        source.publish(schema, rows(0, 10));
        eventually("the rows", SOON, () -> clickHouse.query("SELECT count() FROM gone.t"), "10\n");
        clickHouse.query("DROP TABLE gone.t SYNC");
        source.publish(schema, rows(10, 20));
        eventuallySees(
            "the table to be called gone",
            SOON,
            () -> ControlReader.status(kafka, schema.topic()),
            s -> s.state() == State.FAILED && String.valueOf(s.reason()).contains("is gone"));
        assertThat(service.progress(schema.topic()).orElseThrow().rowsApplied()).isEqualTo(10);
      }
    }
  }

  private static Progress runUntil(
      KafkaSettings kafka, ClickHouseServer clickHouse, TableSchema schema, long records) {
    try (RunningService service = new RunningService(kafka, clickHouse)) {
      return eventuallySees(
          records + " records to be counted",
          SOON,
          () -> service.progress(schema.topic()).orElseThrow(),
          progress -> progress.recordsRead() == records);
    }
  }

  private static void rewind(KafkaSettings kafka, String topic)
      throws InterruptedException, ExecutionException {
    var partition = new TopicPartition(topic, 0);
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      admin
          .alterConsumerGroupOffsets(
              kafka.topicPrefix() + "-apply", Map.of(partition, new OffsetAndMetadata(0)))
          .all()
          .get();
    }
  }
}
