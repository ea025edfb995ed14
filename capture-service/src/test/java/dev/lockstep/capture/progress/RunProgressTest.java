package dev.lockstep.capture.progress;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorProgress.Events;
import dev.lockstep.common.control.ConnectorProgress.Position;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class RunProgressTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final ProgressSettings OFTEN = new ProgressSettings(Duration.ofMillis(100));

  private final List<ConnectorProgress> told = new CopyOnWriteArrayList<>();
  private final Measurement measurement =
      new Measurement(
          new ReplicaMeters(new SimpleMeterRegistry()),
          told::add,
          "h:1",
          InstantSource.system(),
          OFTEN);

  private static ConnectorSpec nobodyAnswers() {
    return new ConnectorSpec(
        "c",
        Map.of(
            "connector.class", SourceKind.MYSQL.connectorClass(),
            "topic.prefix", "nobody",
            "database.hostname", "127.0.0.1",
            "database.port", "1",
            "database.user", "u",
            "database.password", "p"),
        DesiredState.RUNNING,
        1);
  }

  @Test
  void aSourceThatDoesNotAnswerLeavesTheLagUnknownAndTheRestMeasured() {
    var offset =
        new SourceOffset(
            Map.of(), Map.of("file", "binlog.000001", "pos", 4, "gtids", "a:1"), 1, null, null);
    try (RunProgress progress =
        measurement.of(
            nobodyAnswers(),
            Optional.of(offset),
            status -> {
              throw new AssertionError("No snapshot is under way: " + status);
            })) {
      progress.start();
      ConnectorProgress first = await(seen -> true);
      assertThat(first.lag()).isNull();
      assertThat(first.queue()).isNull();
      assertThat(first.position()).isEqualTo(new Position("binlog.000001", 4, "a:1"));

      List<SourceRecord> batch = List.of(change("c", 10), change("u", 11), change("c", 12));
      progress.batches().began(batch);
      progress.batches().committed(batch, Duration.ofMillis(250));
      ConnectorProgress published = await(seen -> seen.batches() != null);
      assertThat(published.position()).isEqualTo(new Position("binlog.000002", 12, null));
      assertThat(published.lastEventAt()).isEqualTo("1970-01-01T00:00:12Z");
      assertThat(published.batches().count()).isEqualTo(1);
      assertThat(published.batches().records()).isEqualTo(3);
      assertThat(published.batches().transactionSeconds()).isEqualTo(0.25);
      Events rates = published.eventsPerSecond();
      assertThat(rates.create()).isEqualTo(2 * rates.update(), within(rates.create() / 100));
      assertThat(rates.delete()).isZero();
    }
    ConnectorProgress rest = told.getLast();
    assertThat(rest.eventsPerSecond()).isEqualTo(Events.NONE);
    assertThat(rest.batches()).isNull();
    assertThat(rest.position()).isEqualTo(new Position("binlog.000002", 12, null));
  }

  private static Offset<Double> within(double value) {
    return Offset.offset(value);
  }

  private ConnectorProgress await(Predicate<ConnectorProgress> expected) {
    return eventuallySees(
            "a measurement",
            LIMIT,
            () -> told.stream().filter(expected).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** As Debezium gives it, of what is looked at here. */
  private static SourceRecord change(String op, int second) {
    Schema origin = SchemaBuilder.struct().field("ts_ms", Schema.INT64_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct().field("op", Schema.STRING_SCHEMA).field("source", origin).build();
    Struct value =
        new Struct(schema)
            .put("op", op)
            .put("source", new Struct(origin).put("ts_ms", second * 1_000L));
    return new SourceRecord(
        Map.of(), Map.of("file", "binlog.000002", "pos", second), "t", schema, value);
  }

  @Test
  void theIntervalHasBounds() {
    assertThat(new ProgressSettings(null).interval()).isEqualTo(Duration.ofSeconds(2));
    assertThatThrownBy(() -> new ProgressSettings(Duration.ofMillis(99)))
        .hasMessageContaining("lockstep.capture.progress.interval must be from 100ms to 1m");
    assertThatThrownBy(() -> new ProgressSettings(Duration.ofMinutes(2)))
        .hasMessageContaining("lockstep.capture.progress.interval");
  }
}
