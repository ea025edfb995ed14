package dev.lockstep.capture.progress;

import java.time.Duration;

/**
 * How often progress is measured: the properties {@code lockstep.capture.progress.*}.
 *
 * @param interval how often a running connector is measured and its source asked; from 100 ms to 1
 *     min, 2 s by default
 */
public record ProgressSettings(Duration interval) {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofMinutes(1);

  /** Fills in the default for what the binder passes as null. */
  public ProgressSettings {
    interval = interval == null ? Duration.ofSeconds(2) : interval;
    if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "lockstep.capture.progress.interval must be from 100ms to 1m, and not " + interval);
    }
  }
}
