package dev.lockstep.apply.settings;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is measured: {@code lockstep.apply.metrics.*}.
 *
 * @param byTable whether each table has meters of its own; else each connector has
 * @param interval how often Kafka is asked for the lag and ClickHouse for parts; from 100 ms to 1
 *     min
 */
@Validated
public record MetricsSettings(
    @DefaultValue("true") boolean byTable, @NotNull @DefaultValue("2s") Duration interval) {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofMinutes(1);

  /** The rule for the interval. */
  @AssertTrue(message = "interval must be from 100ms to 1m")
  boolean isIntervalInRange() {
    return interval.compareTo(LEAST) >= 0 && interval.compareTo(MOST) <= 0;
  }
}
