package dev.lockstep.apply;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.health.Monitor;
import dev.lockstep.apply.lag.Arrivals;
import dev.lockstep.apply.lag.Lags;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.meters.Figures;
import dev.lockstep.apply.parts.TargetParts;
import dev.lockstep.apply.pipeline.Budget;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.SourceTables;
import dev.lockstep.apply.settings.ApplySettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is measured, and how often. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
  private static final Duration KEEP_INTERVAL = Duration.ofSeconds(1);

  /** What is measured, as the meters ask for it. */
  private record Measured(Lags lags, TargetParts targets) implements Figures {
    @Override
    public double lagRecords(String topic) {
      return lags.records(topic);
    }

    @Override
    public double lagSeconds(String topic) {
      return lags.seconds(topic);
    }

    @Override
    public double parts(String topic) {
      return targets.count(topic);
    }
  }

  @Bean
  Arrivals arrivals() {
    return new Arrivals();
  }

  @Bean
  Lags lags(Admin admin, Offsets offsets, Arrivals arrivals, InstantSource clock) {
    return new Lags(admin, offsets, arrivals, clock);
  }

  @Bean
  Periodic lagMeasurements(Lags lags, ApplySettings settings) {
    var monitor = new Monitor("the ends of topics", lags::measure);
    return new Periodic(settings.metrics().interval(), monitor::look);
  }

  @Bean
  TargetParts targetParts(ClickHouse clickHouse, InstantSource clock) {
    return new TargetParts(clickHouse, clock);
  }

  @Bean
  Periodic looksAtParts(TargetParts parts, Offsets offsets, ApplySettings settings) {
    var monitor =
        new Monitor(
            "a look at the tables' parts",
            () -> {
              parts.keep(offsets.topics());
              return parts.look();
            });
    return new Periodic(settings.metrics().interval(), monitor::look);
  }

  @Bean
  ApplyMeters applyMeters(
      MeterRegistry registry,
      ControlState control,
      Budget budget,
      Lags lags,
      TargetParts parts,
      ApplySettings settings,
      InstantSource clock) {
    var tables = new SourceTables(control);
    boolean byTable = settings.metrics().byTable();
    var measured = new Measured(lags, parts);
    var meters = new ApplyMeters(registry, tables::of, byTable, measured, clock);
    meters.buffer(budget, Budget::used, Budget::limit);
    return meters;
  }

  @Bean
  Periodic meterKeeping(ApplyMeters meters, Offsets offsets) {
    return new Periodic(KEEP_INTERVAL, () -> meters.keep(offsets.topics()));
  }
}
