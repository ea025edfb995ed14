package dev.lockstep.apply.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The meters {@code lockstep.apply.*}. */
public final class ApplyMetrics {
  private static final Duration[] BORDERS =
      Stream.of(50, 100, 250, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 30_000, 60_000, 300_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Timer freshness;

  /** In this registry. */
  public ApplyMetrics(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    this.freshness =
        Timer.builder("lockstep.apply.freshness")
            .description(
                "From the commit in the source to visible in ClickHouse, of each insert's oldest row")
            .serviceLevelObjectives(BORDERS)
            .register(registry);
  }

  Timer inserts(String table) {
    return Timer.builder("lockstep.apply.insert")
        .description("Inserts into ClickHouse")
        .tag("table", table)
        .register(registry);
  }

  void rows(String table, int count) {
    Counter.builder("lockstep.apply.rows")
        .description("Rows inserted into ClickHouse")
        .baseUnit("rows")
        .tag("table", table)
        .register(registry)
        .increment(count);
  }

  void quarantined(String topic, int count) {
    Counter.builder("lockstep.apply.quarantined")
        .description("Records sent to the dead letters")
        .baseUnit("records")
        .tag("topic", topic)
        .register(registry)
        .increment(count);
  }

  /** Rows are visible now, the oldest of which was committed in the source then; 0 if unknown. */
  void visible(long oldestSourceMicros) {
    if (oldestSourceMicros != 0) {
      long micros =
          Math.max(
              0, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()) - oldestSourceMicros);
      freshness.record(micros, TimeUnit.MICROSECONDS);
    }
  }
}
