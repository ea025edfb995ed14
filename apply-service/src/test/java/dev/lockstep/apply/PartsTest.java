package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apply")
@ExtendWith(Servers.class)
class PartsTest {
  private static final String PARTS =
      "SELECT count() FROM system.parts WHERE active AND database = 'crowded' AND table = 't'";

  private final AtomicInteger ids = new AtomicInteger();

  private double publishedParts(
      Pipeline pipeline, TableSchema schema, ClickHouseServer clickHouse) {
    pipeline
        .source()
        .publish(schema, created("{\"id\":%d,\"name\":null}".formatted(ids.incrementAndGet())));
    return Double.parseDouble(clickHouse.query(PARTS));
  }

  /** With the delay of 200 ms they would be refused after six seconds. */
  @Test
  void aTableWhosePartsAreNotMergedIsInsertedIntoLessOftenUntilTheyAre(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("crowded")) {
      pipeline
          .source()
          .map(
              "m",
              "{'tables':'crowded\\\\..*','settings':{'parts_to_delay_insert':20,'parts_to_throw_insert':30}}");
      TableSchema schema = pipeline.table("crowded", "t", List.of(ID, NAME), List.of("id"));
      try (var service =
          new RunningService(
              pipeline.kafka(), clickHouse, "--lockstep.apply.metrics.interval=100ms")) {
        publishedParts(pipeline, schema, clickHouse);
        pipeline.awaitApplied(schema);
        clickHouse.query("SYSTEM STOP MERGES crowded.t");
        long begin = System.nanoTime();

        eventuallySees(
            "some parts",
            Duration.ofSeconds(60),
            () -> publishedParts(pipeline, schema, clickHouse),
            parts -> parts >= 7);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .as("time of 6 inserts")
            .isGreaterThan(Duration.ofSeconds(5));
        String page = service.get("/actuator/prometheus");
        assertThat(page)
            .containsPattern(
                "lockstep_apply_parts\\{connector=\"crowded\",table=\"crowded.t\"} [67]")
            .contains(
                "lockstep_apply_retries_total{connector=\"crowded\",state=\"retrying\",table=\"crowded.t\"} 0.0");
        assertThat(pipeline.status(schema).state()).isEqualTo(State.RUNNING);

        clickHouse.query("SYSTEM START MERGES crowded.t");
        clickHouse.query("OPTIMIZE TABLE crowded.t FINAL");
        pipeline.awaitApplied(schema);
        Pipeline.awaitRows(clickHouse, "SELECT count() FROM crowded.t FINAL", ids.get() + "\n");
      }
    }
  }
}
