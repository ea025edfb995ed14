package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever the target does, no record is lost, none is quarantined for it, and applying goes on by
 * itself within five seconds of the cause's end.
 */
@Tag("apply")
@ExtendWith(Servers.class)
class TargetFaultsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final int STEP = 2_000;

  private interface Act {
    void on(ClickHouseServer clickHouse) throws Exception;
  }

  private record Fault(String name, State state, Act begin, Act end) {}

  private static Act sql(String statement) {
    return clickHouse -> clickHouse.query(statement);
  }

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("stopped", State.RETRYING, ClickHouseServer::stop, ClickHouseServer::start),
          new Fault("killed", State.RETRYING, ClickHouseServer::kill, ClickHouseServer::start),
          new Fault(
              "a full disk",
              State.RETRYING,
              sql(
                  "ALTER TABLE matrix.t MODIFY SETTING min_free_disk_bytes_to_perform_insert = 1000000000000000"),
              sql("ALTER TABLE matrix.t MODIFY SETTING min_free_disk_bytes_to_perform_insert = 0")),
          new Fault(
              "a read-only table",
              State.RETRYING,
              sql("ALTER TABLE matrix.t MODIFY SETTING table_readonly = 1"),
              sql("ALTER TABLE matrix.t MODIFY SETTING table_readonly = 0")),
          new Fault(
              "a dropped column",
              State.FAILED,
              sql("ALTER TABLE matrix.t RENAME COLUMN name TO away"),
              sql("ALTER TABLE matrix.t RENAME COLUMN away TO name")),
          new Fault(
              "a dropped table",
              State.FAILED,
              sql("DROP TABLE matrix.t"),
              sql("UNDROP TABLE matrix.t")),
          new Fault(
              "a renamed table",
              State.FAILED,
              sql("RENAME TABLE matrix.t TO matrix.away"),
              sql("RENAME TABLE matrix.away TO matrix.t")));

  private static String[] rows(int step) {
    return IntStream.range(step * STEP, (step + 1) * STEP)
        .mapToObj(i -> created("{\"id\":%d,\"name\":\"n%d\"}".formatted(i, i)))
        .toArray(String[]::new);
  }

  @Test
  void everyFaultOfTheTargetIsWaitedOut() throws Exception {
    KafkaSettings kafka =
        new KafkaSettings(SharedServers.kafka().bootstrapServers(), "matrix", (short) 1, Map.of());
    try (ClickHouseServer clickHouse = SharedServers.ownClickHouse();
        SourceTopic source = new SourceTopic(kafka)) {
      clickHouse.start();
      source.connector("matrix", "matrixsrc");
      source.topic("matrixsrc.matrix.t", 1);
      TableSchema schema =
          source.schema("matrix", "matrixsrc.matrix.t", List.of(ID, NAME), List.of("id"));
      try (RunningService service = new RunningService(kafka, clickHouse)) {
        source.publish(schema, rows(0));
        eventually("the first rows", SOON, () -> count(clickHouse), expected(1));
        for (int i = 0; i < FAULTS.size(); i++) {
          outlive(FAULTS.get(i), i + 1, kafka, clickHouse, source, schema, service);
        }
        Progress progress = service.progress(schema.topic()).orElseThrow();
        assertThat(progress.quarantined()).isZero();
        assertThat(ControlReader.records(kafka, kafka.topics().deadLetters(), schema.topic()))
            .isEmpty();
      }
    }
  }

  private static void outlive(
      Fault fault,
      int step,
      KafkaSettings kafka,
      ClickHouseServer clickHouse,
      SourceTopic source,
      TableSchema schema,
      RunningService service)
      throws Exception {
    fault.begin().on(clickHouse);
    source.publish(schema, rows(step));
    eventuallySees(
        fault.name() + " to be told",
        SOON,
        () -> ControlReader.status(kafka, schema.topic()),
        status -> status.state() == fault.state() && status.reason() != null);
    eventuallySees(
        "health with " + fault.name(),
        SOON,
        () -> service.get("/actuator/health/tables"),
        health -> health.contains("\"status\":\"DEGRADED\"") && health.contains(schema.topic()));
    fault.end().on(clickHouse);
    eventually(
        "all rows after " + fault.name(), RECOVERY, () -> count(clickHouse), expected(step + 1));
    eventuallySees(
        "health after " + fault.name(),
        SOON,
        () -> service.get("/actuator/health/tables"),
        health -> health.contains("\"status\":\"UP\""));
  }

  private static String count(ClickHouseServer clickHouse) {
    return clickHouse.query("SELECT count(), uniqExact(id) FROM matrix.t FINAL");
  }

  private static String expected(int steps) {
    return "%d\t%d\n".formatted(steps * STEP, steps * STEP);
  }
}
