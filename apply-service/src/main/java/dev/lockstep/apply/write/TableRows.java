package dev.lockstep.apply.write;

import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.encode.EventKey;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.event.EventHead;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a block that go one way. Where a key's latest row is all that counts, older ones give way
 * here already, so that a row that is changed all the time is inserted once.
 */
final class TableRows {
  /** No entry. */
  private static final int NONE = -1;

  /** What became of a record. */
  enum Outcome {
    /** It has rows. */
    ROW,
    /** The mapping wants none of it. */
    NOTHING
  }

  private final Route route;
  private final RowEntries entries = new RowEntries();

  /** Null once no more are added. */
  private @Nullable LatestByKey latest = new LatestByKey();

  /** Whether equal keys are the same row's; it is not known before the first record. */
  private @Nullable Boolean merges;

  private final Map<Long, Long> snapshots = new TreeMap<>();
  private int lastSuperseded = RowEntries.NOBODY;
  private int lastCounted = NONE;

  TableRows(Route route) {
    this.route = route;
  }

  Route route() {
    return route;
  }

  RowEntries entries() {
    return entries;
  }

  int rows() {
    return entries.rows();
  }

  long bytes() {
    return entries.bytes() + (latest == null ? 0 : latest.keyBytes());
  }

  /** No more are added. */
  void seal() {
    latest = null;
  }

  /**
   * Adds a record's rows.
   *
   * @param head what its headers say
   * @param partition the number of its partition in the block
   * @param counted whether the record is counted as applied by these rows, not by another table's
   * @throws RecordFault when they can't be written; then the removal of the older state of its row
   *     was added, so that it is in quarantine and not in the target as it was
   */
  Outcome add(
      ConsumerRecord<byte[], byte[]> record,
      byte[] envelope,
      EventHead head,
      int partition,
      boolean counted) {
    ZeroDates zeroDates = head.zeroDates();
    Undecodable undecodable = head.undecodable();
    long version = head.version();
    EventEncoder encoder = route.encoder();
    int start = entries.buffer().size();
    lastSuperseded = RowEntries.NOBODY;
    lastCounted = NONE;
    boolean told = zeroDates.isEmpty() && undecodable.isEmpty();
    try {
      encoder.encode(envelope, zeroDates, undecodable, version, entries.buffer());
    } catch (RecordFault e) {
      encoder.encodeRemovalOfOlder(entries.buffer());
      enter(record, version, start, RowEntries.NOBODY, told, false);
      throw e;
    }
    if (route.table().isMultiset() && encoder.isSnapshotRead()) {
      snapshots.merge(encoder.sourceMicros(), version, Math::min);
    }
    return enter(record, version, start, partition, told, counted);
  }

  private Outcome enter(
      ConsumerRecord<byte[], byte[]> record,
      long version,
      int start,
      int partition,
      boolean told,
      boolean counted) {
    int rows = route.encoder().rowsWritten();
    if (rows == 0) {
      return Outcome.NOTHING;
    }
    entries.add(start, rows, partition, record.offset(), counted);
    if (counted) {
      lastCounted = entries.size() - 1;
    }
    merge(record.key(), version, told);
    return Outcome.ROW;
  }

  /**
   * Takes an older row of the key out.
   *
   * @param told whether the key's JSON says all; dates with zeros, and texts with bytes of no
   *     character, may be several in the source and one there
   */
  private void merge(byte @Nullable [] key, long version, boolean told) {
    LatestByKey known = latest;
    if (known == null || !merges(key)) {
      return;
    }
    if (key == null || !told) {
      known.skip();
    } else {
      int gone = known.add(key, version);
      if (gone != LatestByKey.NONE) {
        entries.remove(gone);
        lastSuperseded = entries.isCounted(gone) ? entries.partition(gone) : RowEntries.NOBODY;
      }
    }
  }

  /**
   * The number of the partition whose counted row gave way to the record added last, or {@link
   * RowEntries#NOBODY}.
   */
  int supersededPartition() {
    return lastSuperseded;
  }

  /** All records of one schema have keys of the same columns, so the first tells. */
  private boolean merges(byte @Nullable [] key) {
    Boolean known = merges;
    if (known == null) {
      known = route.keepsLatestOnly() && key != null && EventKey.isOf(key, route.schema().key());
      merges = known;
    }
    return known;
  }

  /** The record added last is not counted by its row any more, as another table refuses it. */
  void discountLast() {
    if (lastCounted != NONE) {
      entries.discount(lastCounted);
    }
  }

  /** When the record added last was committed in the source, in microseconds since 1970, or 0. */
  long sourceMicros() {
    return route.encoder().sourceMicros();
  }

  /** Whether a snapshot read the record added last. */
  boolean isSnapshotRead() {
    return route.encoder().isSnapshotRead();
  }

  /**
   * For a table without a key, the snapshots that read some of the rows: when the snapshot of the
   * table began, which all its rows carry as their time, and the lowest version among its rows.
   */
  Map<Long, Long> snapshots() {
    return snapshots;
  }
}
