package dev.lockstep.common.clock;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Gives versions: {@code max(last + 1, wall clock in microseconds since the epoch)}.
 *
 * <p>Versions of one clock rise strictly, whatever the wall clock does, and read as a time. A clock
 * that is resumed from the last version of another goes on above it; that is how a connector's
 * versions keep rising over restarts. Not thread-safe: one engine owns one clock.
 */
public final class HybridClock {
  private final InstantSource wallClock;
  private long last;

  /**
   * A clock that goes on from an earlier one.
   *
   * @param wallClock where the time comes from
   * @param last the last version given so far, or 0 for none
   */
  public HybridClock(InstantSource wallClock, long last) {
    this.wallClock = wallClock;
    this.last = last;
  }

  /** The next version, larger than every one before. */
  public long next() {
    last = Math.max(last + 1, toMicros(wallClock.instant()));
    return last;
  }

  /** The last version given, or what the clock was resumed from. */
  public long last() {
    return last;
  }

  /** The version that reads as this time. */
  public static long toMicros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }
}
