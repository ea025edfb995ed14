package dev.lockstep.apply.pipeline;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * How long rows wait for others, so that ClickHouse gets no more inserts than it takes with ease.
 * An insert of few rows costs as much as one of many: when many tables have some, each waits
 * longer, until the inserts keep at most half of the connections busy; and a table with many parts
 * waits until they are merged. To be used under the pipeline's lock.
 */
final class Pace {
  private static final double SHARE_OF_NEW = 0.1;
  private static final double EASE = 0.5;
  private static final int SMALL_ROWS = 1_000;
  private static final int PARTS_SCALE = 10;
  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

  private final Flush flush;
  private final int connections;
  private final ToDoubleFunction<String> partsShare;
  private double smallInsertNanos;

  /**
   * Without experience.
   *
   * @param connections how many inserts may run at a time
   * @param partsShare how many parts a topic's tables have: 1 where ClickHouse brakes inserts
   */
  Pace(Flush flush, int connections, ToDoubleFunction<String> partsShare) {
    this.flush = flush;
    this.connections = connections;
    this.partsShare = partsShare;
  }

  void inserted(int rows, long nanos) {
    if (rows <= SMALL_ROWS) {
      smallInsertNanos += (nanos - smallInsertNanos) * (smallInsertNanos == 0 ? 1 : SHARE_OF_NEW);
    }
  }

  /** How long a topic's rows wait while so many topics have some, in nanoseconds. */
  long delayNanos(String topic, int activeTopics) {
    double round = activeTopics * smallInsertNanos / (connections * EASE);
    long shared = Math.clamp((long) round, flush.delay().toNanos(), flush.maxDelay().toNanos());
    double slowed = shared * slowdown(partsShare.applyAsDouble(topic));
    return Math.min((long) slowed, Math.max(shared, LONGEST_NANOS));
  }

  /** 1 up to a tenth of the parts at which ClickHouse brakes, a hundred there. */
  private static double slowdown(double share) {
    double tenths = Math.max(1, share * PARTS_SCALE);
    return tenths * tenths;
  }
}
