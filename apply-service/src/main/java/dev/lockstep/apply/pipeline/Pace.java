package dev.lockstep.apply.pipeline;

import java.time.Duration;
import java.util.function.ToIntFunction;

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
  private static final int MANY_PARTS = 100;
  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

  private final Flush flush;
  private final int connections;
  private final ToIntFunction<String> partsByTopic;
  private double smallInsertNanos;

  /**
   * Without experience.
   *
   * @param connections how many inserts may run at a time
   * @param partsByTopic the most active parts that a partition of the topic's tables has
   */
  Pace(Flush flush, int connections, ToIntFunction<String> partsByTopic) {
    this.flush = flush;
    this.connections = connections;
    this.partsByTopic = partsByTopic;
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
    return Math.min(shared * partsFactor(partsByTopic.applyAsInt(topic)), LONGEST_NANOS);
  }

  /** 1 where parts are few; at ClickHouse's own brake, 1,000 parts, 100. */
  private static long partsFactor(int parts) {
    long hundreds = Math.max(1, parts / MANY_PARTS);
    return hundreds * hundreds;
  }
}
