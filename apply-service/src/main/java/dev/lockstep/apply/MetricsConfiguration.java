package dev.lockstep.apply;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.pipeline.Budget;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.SourceTables;
import dev.lockstep.apply.settings.ApplySettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is measured, and how often. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
  private static final Duration KEEP_INTERVAL = Duration.ofSeconds(1);

  @Bean
  ApplyMeters applyMeters(
      MeterRegistry registry,
      ControlState control,
      Budget budget,
      ApplySettings settings,
      InstantSource clock) {
    var tables = new SourceTables(control);
    var meters = new ApplyMeters(registry, tables::of, settings.metrics().byTable(), clock);
    meters.buffer(budget, Budget::used, Budget::limit);
    return meters;
  }

  @Bean
  Periodic meterKeeping(ApplyMeters meters, Offsets offsets) {
    return new Periodic(KEEP_INTERVAL, () -> meters.keep(offsets.topics()));
  }
}
