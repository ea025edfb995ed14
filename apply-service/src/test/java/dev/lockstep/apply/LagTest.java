package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apply")
@ExtendWith(Servers.class)
class LagTest {
  private static double metric(RunningService service, String name) throws Exception {
    String begin = "lockstep_apply_" + name + "{connector=\"lagging\",table=\"lagging.t\"} ";
    return service
        .get("/actuator/prometheus")
        .lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(begin.length())))
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void aTableThatStopsShowsHowFarItIsBehindAndForHowLong(ClickHouseServer clickHouse)
      throws Exception {
    clickHouse.query("CREATE DATABASE lagging");
    clickHouse.query("CREATE TABLE lagging.t (other String) ENGINE = MergeTree ORDER BY other");
    try (Pipeline pipeline = new Pipeline("lagging")) {
      TableSchema schema = pipeline.table("lagging", "t", List.of(ID, NAME), List.of("id"));
      Instant hourAgo = Instant.now().minusSeconds(3_600);
      pipeline
          .source()
          .publishAt(
              hourAgo,
              schema,
              created("{\"id\":1,\"name\":\"a\"}"),
              created("{\"id\":2,\"name\":null}"));
      RunningService service = pipeline.start();
      pipeline.awaitFailure(schema, "does not fit");
      TablePartitionStatus behind =
          eventuallySees(
              "its lag",
              Pipeline.SOON,
              () -> pipeline.status(schema),
              status -> Long.valueOf(3).equals(status.lagRecords()));
      assertThat(behind.oldestWaitingAt().toEpochMilli()).isEqualTo(hourAgo.toEpochMilli());
      assertThat(behind.haltedSince()).isBetween(hourAgo.plusSeconds(3_600), behind.at());
      assertThat(behind.recordsPerSecond()).isIn(null, 0.0);
      assertThat(metric(service, "lag_records")).isEqualTo(3);
      assertThat(metric(service, "lag_seconds")).isBetween(3_600.0, 3_700.0);

      clickHouse.query("DROP TABLE lagging.t SYNC");

      TablePartitionStatus even =
          eventuallySees(
              "no lag",
              Pipeline.SOON,
              () -> pipeline.status(schema),
              status -> Long.valueOf(0).equals(status.lagRecords()) && status.rowsApplied() == 2);
      assertThat(even.state()).isEqualTo(State.RUNNING);
      assertThat(even.oldestWaitingAt()).isNull();
      assertThat(even.haltedSince()).isNull();
      assertThat(metric(service, "lag_records")).isZero();
      assertThat(metric(service, "lag_seconds")).isZero();
    }
  }
}
