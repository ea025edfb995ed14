package dev.lockstep.capture.progress;

import dev.lockstep.capture.engine.BatchHandover;
import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.control.ConnectorProgress.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a connector publishes: counted as it happens by the threads that publish, read by
 * the one that reports.
 */
public final class PublishedBatches implements BatchHandover.Batches {
  private final ConnectorMeters meters;
  private final Deque<UnderWay> underWay = new ConcurrentLinkedDeque<>();
  private final InitialSnapshot snapshot;
  private final InstantSource clock;
  private volatile @Nullable Position position;
  private volatile @Nullable Instant lastEventAt;

  /** A batch that is being published. */
  private record UnderWay(long beganNanos, Optional<Instant> firstEventAt) {}

  /**
   * Of a run that goes on from this offset, if there is one.
   *
   * @param snapshot is told of the batches too
   */
  PublishedBatches(
      ConnectorMeters meters,
      Optional<SourceOffset> committed,
      InitialSnapshot snapshot,
      InstantSource clock) {
    this.meters = meters;
    this.snapshot = snapshot;
    this.clock = clock;
    this.position = committed.map(offset -> position(offset.offset())).orElse(null);
  }

  /** A batch has been taken off Debezium's queue. */
  @Override
  public void began(List<SourceRecord> batch) {
    underWay.addLast(new UnderWay(System.nanoTime(), committedAt(batch.getFirst())));
  }

  /** The oldest batch under way is committed; its transaction took this long. */
  @Override
  public void committed(List<SourceRecord> batch, Duration transaction) {
    Map<EventKind, Integer> counts = new EnumMap<>(EventKind.class);
    for (SourceRecord item : batch) {
      kind(item).ifPresent(kind -> counts.merge(kind, 1, Integer::sum));
    }
    counts.forEach((kind, count) -> meters.events(kind).increment(count));
    meters.batchRecords().record(batch.size());
    meters.transaction().record(transaction);
    batch.reversed().stream()
        .flatMap(item -> committedAt(item).stream())
        .findFirst()
        .ifPresent(time -> lastEventAt = time);
    Position reached = position(batch.getLast().sourceOffset());
    if (reached != null) {
      position = reached;
    }
    snapshot.committed(batch, clock.instant());
    UnderWay done = underWay.pollFirst();
    if (done != null) {
      meters.batch().record(Duration.ofNanos(System.nanoTime() - done.beganNanos()));
    }
  }

  /** The place that the last committed batch reached; null before the first. */
  @Nullable Position position() {
    return position;
  }

  @Nullable Instant lastEventAt() {
    return lastEventAt;
  }

  boolean isUnderWay() {
    return !underWay.isEmpty();
  }

  /** When the oldest event that is being published was committed in the source, if it is known. */
  Optional<Instant> oldestUnderWay() {
    UnderWay first = underWay.peekFirst();
    return first == null ? Optional.empty() : first.firstEventAt();
  }

  ConnectorMeters meters() {
    return meters;
  }

  private static Optional<EventKind> kind(SourceRecord item) {
    return item.value() instanceof Struct value && get(value, "op") instanceof String op
        ? EventKind.of(op)
        : Optional.empty();
  }

  private static Optional<Instant> committedAt(SourceRecord item) {
    return item.value() instanceof Struct value
            && get(value, "source") instanceof Struct source
            && get(source, "ts_ms") instanceof Long millis
        ? Optional.of(Instant.ofEpochMilli(millis))
        : Optional.empty();
  }

  /** Null also where there is no such field: not every record has Debezium's envelope. */
  private static @Nullable Object get(Struct struct, String name) {
    Field field = struct.schema().field(name);
    return field == null ? null : struct.get(field);
  }

  /** As Debezium's offsets of binlog connectors have it. */
  private static @Nullable Position position(Map<String, ?> offset) {
    return offset.get("file") instanceof String file && offset.get("pos") instanceof Number place
        ? new Position(
            file, place.longValue(), offset.get("gtids") instanceof String gtids ? gtids : null)
        : null;
  }
}
