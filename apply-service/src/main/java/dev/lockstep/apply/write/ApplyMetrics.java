package dev.lockstep.apply.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters {@code lockstep.apply.*}. */
public final class ApplyMetrics {
  private final MeterRegistry registry;

  /** In this registry. */
  public ApplyMetrics(MeterRegistry registry) {
    this.registry = registry;
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
}
