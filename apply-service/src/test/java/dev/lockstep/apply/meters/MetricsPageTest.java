package dev.lockstep.apply.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.schemas.SourceTable;
import dev.lockstep.common.control.TablePartitionStatus.State;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apply")
class MetricsPageTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(lockstep_apply_\\w+)` \\| (\\w+) \\| (\\w*) ?\\|.*", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (lockstep_\\w+) (\\w+)$", Pattern.MULTILINE);
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, SourceTable> tables = new HashMap<>();
  private final Map<String, Double> lagRecords = new HashMap<>();
  private final ApplyMeters meters = metersIn(registry, true);

  /** Each record that waits has waited for ten seconds. */
  private record Measured(Map<String, Double> records) implements Figures {
    @Override
    public double lagRecords(String topic) {
      return records.getOrDefault(topic, Double.NaN);
    }

    @Override
    public double lagSeconds(String topic) {
      return lagRecords(topic) * 10;
    }

    @Override
    public double parts(String topic) {
      return Double.NaN;
    }
  }

  private ApplyMeters metersIn(MeterRegistry ofThese, boolean byTable) {
    var made =
        new ApplyMeters(
            ofThese,
            topic -> Optional.ofNullable(tables.get(topic)),
            byTable,
            new Measured(lagRecords),
            () -> NOON);
    made.buffer(this, _ -> 100, _ -> 1_000);
    return made;
  }

  private static long micros(double secondsBeforeNoon) {
    return NOON.toEpochMilli() * 1_000 - Math.round(secondsBeforeNoon * 1e6);
  }

  @Test
  void thePageListsWhatIsExposedWithItsTypeAndUnit() throws Exception {
    meters.of("p.d.t");
    Map<String, String> exposed = new TreeMap<>();
    Matcher type = TYPE.matcher(registry.scrape());
    while (type.find()) {
      exposed.put(type.group(1), type.group(2));
    }
    Map<String, String> listed = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (row.find()) {
      listed.put(row.group(1), row.group(2));
      String unit = row.group(3).isEmpty() ? "" : "_" + row.group(3);
      assertThat(row.group(1)).as("the name ends with the unit").contains(unit);
    }
    assertThat(listed).isEqualTo(exposed).isNotEmpty();
  }

  @Test
  void whatIsCountedStandsUnderItsName() {
    tables.put("p.d.t", new SourceTable("c", "d", "t"));
    TableMeters table = meters.of("p.d.t");
    var tally = new Tally();
    tally.row(0, 1, 1);
    tally.row(1, 1, 1);
    tally.supersede();
    tally.quarantine(2);
    tally.drop(3);
    table.read(6);
    table.settled(tally);
    table.halted(State.FAILED);
    table.rows(1);
    table.insert(() -> assertThat(lines()).contains("lockstep_apply_running_inserts 1.0"));
    table.written(1, 70, micros(0.3));
    assertThat(lines())
        .contains(
            "lockstep_apply_read_records_total{connector=\"c\",table=\"d.t\"} 6.0",
            "lockstep_apply_records_total{connector=\"c\",outcome=\"applied\",table=\"d.t\"} 1.0",
            "lockstep_apply_records_total{connector=\"c\",outcome=\"superseded\",table=\"d.t\"} 1.0",
            "lockstep_apply_records_total{connector=\"c\",outcome=\"quarantined\",table=\"d.t\"} 1.0",
            "lockstep_apply_records_total{connector=\"c\",outcome=\"dropped\",table=\"d.t\"} 1.0",
            "lockstep_apply_retries_total{connector=\"c\",state=\"failed\",table=\"d.t\"} 1.0",
            "lockstep_apply_retries_total{connector=\"c\",state=\"retrying\",table=\"d.t\"} 0.0",
            "lockstep_apply_rows_total{connector=\"c\",table=\"d.t\"} 1.0",
            "lockstep_apply_insert_seconds_count{connector=\"c\",table=\"d.t\"} 1",
            "lockstep_apply_block_rows_sum{connector=\"c\",table=\"d.t\"} 1.0",
            "lockstep_apply_block_bytes_sum{connector=\"c\",table=\"d.t\"} 70.0",
            "lockstep_apply_freshness_seconds_bucket{connector=\"c\",table=\"d.t\",le=\"0.25\"} 0",
            "lockstep_apply_freshness_seconds_bucket{connector=\"c\",table=\"d.t\",le=\"0.5\"} 1",
            "lockstep_apply_freshness_seconds_sum{connector=\"c\",table=\"d.t\"} 0.3",
            "lockstep_apply_buffer_bytes 100.0",
            "lockstep_apply_buffer_capacity_bytes 1000.0",
            "lockstep_apply_running_inserts 0.0");
  }

  @Test
  void whatIsMeasuredIsThatOfAllTopicsOfATable() {
    tables.put("old", new SourceTable("c", "d", "t"));
    tables.put("new", new SourceTable("c", "d", "t"));
    meters.keep(tables.keySet());
    assertThat(lines()).contains("lockstep_apply_lag_records{connector=\"c\",table=\"d.t\"} NaN");
    lagRecords.put("old", 3.0);
    assertThat(lines())
        .contains(
            "lockstep_apply_lag_records{connector=\"c\",table=\"d.t\"} 3.0",
            "lockstep_apply_lag_seconds{connector=\"c\",table=\"d.t\"} 30.0");
    lagRecords.put("new", 4.0);
    assertThat(lines())
        .contains(
            "lockstep_apply_lag_records{connector=\"c\",table=\"d.t\"} 7.0",
            "lockstep_apply_lag_seconds{connector=\"c\",table=\"d.t\"} 40.0");
    meters.keep(Set.of("old"));
    assertThat(lines()).contains("lockstep_apply_lag_records{connector=\"c\",table=\"d.t\"} 3.0");
  }

  private Set<String> lines() {
    return registry.scrape().lines().collect(Collectors.toSet());
  }

  @Test
  void aBlockWhoseChangesHaveNoTimeSaysNothingOfFreshness() {
    meters.of("p.d.t").written(1, 70, 0);
    assertThat(registry.get("lockstep.apply.freshness").timer().count()).isZero();
    assertThat(registry.get("lockstep.apply.block.rows").summary().count()).isEqualTo(1);
  }

  @Test
  void aClockThatIsBehindTheSourcesMakesNoNegativeFreshness() {
    meters.of("p.d.t").written(1, 70, micros(-5));
    assertThat(registry.get("lockstep.apply.freshness").timer().count()).isEqualTo(1);
    assertThat(lines())
        .contains(
            "lockstep_apply_freshness_seconds_sum{connector=\"unknown\",table=\"p.d.t\"} 0.0");
  }

  @Test
  void anInsertThatFailsIsNotTimedAndNotUnderWay() {
    TableMeters table = meters.of("p.d.t");
    assertThat(
            catchThrowable(
                () ->
                    table.insert(
                        () -> {
                          throw new IllegalStateException("refused");
                        })))
        .hasMessage("refused");
    assertThat(registry.get("lockstep.apply.insert").timer().count()).isZero();
    assertThat(registry.get("lockstep.apply.running.inserts").gauge().value()).isZero();
  }

  @Test
  void aTablesMetersGoWhenTheReplicaHasNoPartitionOfItAnyMore() {
    int ofReplica = registry.getMeters().size();
    meters.keep(Set.of("p.d.stays"));
    int before = registry.getMeters().size();
    meters.keep(Set.of("p.d.stays", "p.d.leaves"));
    assertThat(registry.getMeters())
        .hasSize(2 * before - ofReplica)
        .extracting(Meter::getId)
        .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
    meters.keep(Set.of("p.d.stays"));
    assertThat(registry.getMeters()).hasSize(before);
    assertThat(registry.scrape()).contains("p.d.stays").doesNotContain("leaves");
  }

  @Test
  void aTablesMetersFollowItsName() {
    meters.keep(Set.of("p.d.t"));
    assertThat(registry.scrape()).contains("connector=\"unknown\",table=\"p.d.t\"");
    tables.put("p.d.t", new SourceTable("c", "d", "t"));
    meters.keep(Set.of("p.d.t"));
    assertThat(registry.scrape())
        .contains("connector=\"c\",table=\"d.t\"")
        .doesNotContain("unknown");
  }

  @Test
  void twoTopicsOfOneTableShareItsMetersUntilBothAreGone() {
    tables.put("old", new SourceTable("c", "d", "t"));
    tables.put("new", new SourceTable("c", "d", "t"));
    meters.of("old").rows(1);
    meters.of("new").rows(2);
    meters.keep(Set.of("new"));
    assertThat(lines()).contains("lockstep_apply_rows_total{connector=\"c\",table=\"d.t\"} 3.0");
    meters.keep(Set.of());
    assertThat(registry.scrape()).doesNotContain("d.t");
  }

  @Test
  void thePageSaysHowManySeriesATableCosts() throws Exception {
    long before = registry.scrape().lines().filter(MetricsPageTest::isSeries).count();
    meters.of("p.d.t");
    long after = registry.scrape().lines().filter(MetricsPageTest::isSeries).count();
    assertThat(Files.readString(Path.of("../docs/metrics.md")))
        .contains("each table has %d series".formatted(after - before));
  }

  private static boolean isSeries(String line) {
    return !line.startsWith("#");
  }

  @Test
  void withoutTablesConnectorsAreToldApart() {
    var own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ApplyMeters coarse = metersIn(own, false);
    int ofReplica = own.getMeters().size();
    tables.put("p.d.t1", new SourceTable("c", "d", "t1"));
    tables.put("p.d.t2", new SourceTable("c", "d", "t2"));
    coarse.of("p.d.t1").rows(1);
    coarse.of("p.d.t2").rows(2);
    assertThat(own.scrape()).contains("lockstep_apply_rows_total{connector=\"c\"} 3.0\n");
    coarse.keep(Set.of("p.d.t2"));
    assertThat(own.scrape()).contains("lockstep_apply_rows_total{connector=\"c\"} 3.0\n");
    coarse.keep(Set.of());
    assertThat(own.getMeters()).hasSize(ofReplica);
  }
}
