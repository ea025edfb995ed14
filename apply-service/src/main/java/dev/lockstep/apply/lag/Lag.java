package dev.lockstep.apply.lag;

import dev.lockstep.apply.commit.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition was behind when it was measured.
 *
 * @param next the offset of the next record to apply
 * @param end the offset behind the last record that is committed
 * @param oldestAt when the oldest record that waits was published to Kafka; null when none waits
 * @param recordsPerSecond how many records were dealt with per second lately, or null while it was
 *     measured but once
 */
public record Lag(
    long next, long end, @Nullable Instant oldestAt, @Nullable Double recordsPerSecond) {
  /**
   * How many records wait still. They are counted by offsets, of which each transaction takes one
   * for itself.
   */
  public long records(Progress progress) {
    return Math.max(0, end - Math.max(next, progress.nextOffset()));
  }

  /** When the oldest record that waits still was published, or null when none waits. */
  public @Nullable Instant oldestAt(Progress progress) {
    return records(progress) == 0 ? null : oldestAt;
  }
}
