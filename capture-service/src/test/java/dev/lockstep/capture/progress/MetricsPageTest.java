package dev.lockstep.capture.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorProgress.Events;
import dev.lockstep.common.control.ConnectorProgress.Lag;
import dev.lockstep.common.control.ConnectorProgress.Position;
import dev.lockstep.common.control.ConnectorProgress.Queue;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("capture")
class MetricsPageTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(lockstep_capture_\\w+)` \\| (\\w+) \\| (\\w*) ?\\|.*", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (lockstep_\\w+) (\\w+)$", Pattern.MULTILINE);
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ReplicaMeters replica = new ReplicaMeters(registry);

  private void enter(String connector, State state) {
    replica.state(new ConnectorStatus(connector, state, "h:1", 1, null, NOON));
  }

  @Test
  void thePageListsWhatIsExposedWithItsTypeAndUnit() throws Exception {
    enter("c", State.RUNNING);
    Map<String, String> exposed = new TreeMap<>();
    Matcher type = TYPE.matcher(registry.scrape());
    while (type.find()) {
      exposed.put(type.group(1), type.group(2));
    }
    Map<String, String> listed = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (row.find()) {
      listed.put(row.group(1), row.group(2));
      assertThat(row.group(1)).as("the name ends with the unit").contains(unit(row.group(3)));
    }
    assertThat(listed).isEqualTo(exposed).isNotEmpty();
  }

  /** Counted transactions stand in the name before what they are measured by. */
  private static String unit(String unit) {
    return unit.isEmpty() ? "" : "_" + unit;
  }

  @Test
  void everyMeterNamesItsConnectorAndGoesWithIt() {
    enter("stays", State.RUNNING);
    int before = registry.getMeters().size();
    enter("leaves", State.RUNNING);
    assertThat(registry.getMeters()).hasSize(2 * before);
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .allSatisfy(id -> assertThat(id.getTag("connector")).isIn("stays", "leaves"))
        .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
    replica.forget("leaves");
    assertThat(registry.getMeters())
        .hasSize(before)
        .allSatisfy(meter -> assertThat(meter.getId().getTag("connector")).isEqualTo("stays"));
    assertThat(registry.scrape()).doesNotContain("leaves");
  }

  @Test
  void aRunThatOutlivesItsConnectorHereIsNotSeen() {
    enter("gone", State.RUNNING);
    replica.forget("gone");
    replica.of("gone").events(EventKind.CREATE).increment();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void whatIsMeasuredStandsUnderItsName() {
    enter("c", State.RETRYING);
    replica
        .of("c")
        .progress(
            new ConnectorProgress(
                "c",
                "h:1",
                new Position("mysql-bin.000042", 1_234, null),
                new Lag(100, null, 1.5),
                NOON,
                Events.NONE,
                new Queue(10, 20, 30, 40),
                null,
                NOON));
    assertThat(registry.scrape().lines())
        .contains(
            "lockstep_capture_connector_state{connector=\"c\",state=\"retrying\"} 1.0",
            "lockstep_capture_connector_state{connector=\"c\",state=\"running\"} 0.0",
            "lockstep_capture_lag_bytes{connector=\"c\"} 100.0",
            "lockstep_capture_lag_transactions{connector=\"c\"} NaN",
            "lockstep_capture_lag_seconds{connector=\"c\"} 1.5",
            "lockstep_capture_queue_records{connector=\"c\"} 10.0",
            "lockstep_capture_queue_capacity_records{connector=\"c\"} 20.0",
            "lockstep_capture_queue_bytes{connector=\"c\"} 30.0",
            "lockstep_capture_queue_capacity_bytes{connector=\"c\"} 40.0",
            "lockstep_capture_binlog_file{connector=\"c\"} 42.0",
            "lockstep_capture_binlog_position_bytes{connector=\"c\"} 1234.0");
  }
}
