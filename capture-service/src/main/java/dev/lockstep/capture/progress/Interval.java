package dev.lockstep.capture.progress;

import dev.lockstep.common.control.ConnectorProgress.Batches;
import dev.lockstep.common.control.ConnectorProgress.Events;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What was published between two looks at a connector's meters. */
final class Interval {
  private final ConnectorMeters meters;
  private final Map<EventKind, Double> events = new EnumMap<>(EventKind.class);
  private long lookedAt = System.nanoTime();
  private long batches;
  private double records;
  private double batchSeconds;
  private double transactionSeconds;

  /**
   * What an interval had.
   *
   * @param events row changes a second
   * @param batches null when there was none
   */
  record Rates(Events events, @Nullable Batches batches) {}

  Interval(ConnectorMeters meters) {
    this.meters = meters;
    Rates _ = next();
  }

  /** Since the last call. */
  Rates next() {
    long now = System.nanoTime();
    double seconds = Math.max(1e-3, (now - lookedAt) / 1e9);
    lookedAt = now;
    return new Rates(
        new Events(
            rate(EventKind.CREATE, seconds),
            rate(EventKind.UPDATE, seconds),
            rate(EventKind.DELETE, seconds),
            rate(EventKind.READ, seconds),
            rate(EventKind.TRUNCATE, seconds)),
        batches());
  }

  private double rate(EventKind kind, double seconds) {
    double count = meters.events(kind).count();
    Double before = events.put(kind, count);
    return rounded((count - (before == null ? count : before)) / seconds);
  }

  private @Nullable Batches batches() {
    long batchesBefore = batches;
    double recordsBefore = records;
    double batchSecondsBefore = batchSeconds;
    double transactionSecondsBefore = transactionSeconds;
    batches = meters.batchRecords().count();
    records = meters.batchRecords().totalAmount();
    batchSeconds = meters.batch().totalTime(TimeUnit.SECONDS);
    transactionSeconds = meters.transaction().totalTime(TimeUnit.SECONDS);
    long count = batches - batchesBefore;
    return count == 0
        ? null
        : new Batches(
            count,
            rounded((records - recordsBefore) / count),
            rounded((batchSeconds - batchSecondsBefore) / count),
            rounded((transactionSeconds - transactionSecondsBefore) / count));
  }

  /** To a thousandth: more is noise. */
  static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000d;
  }
}
