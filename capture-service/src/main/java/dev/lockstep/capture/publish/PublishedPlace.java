package dev.lockstep.capture.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The place up to which a connector is published, which never goes back. Debezium's heartbeats and
 * the rows of snapshots carry offsets that can lie behind rows that were published before: while it
 * skips what an earlier run has published of a transaction, and between an event's rows and the
 * event's end. A run that began at such an offset would publish those rows again.
 *
 * <p>Debezium's offsets of binlog connectors say where the transaction that is under way begins
 * ({@code gtids}, else {@code file} and {@code pos}), and how much of it is done ({@code event},
 * {@code row}). Not thread-safe.
 */
public final class PublishedPlace {
  private @Nullable Map<String, ?> last;

  /** Goes on from where a run begins; null for a first one. */
  public PublishedPlace(@Nullable SourceOffset begin) {
    this.last = begin == null ? null : begin.offset();
  }

  /**
   * The offset to commit with a batch: behind its last row, though a heartbeat may follow it that
   * says less.
   */
  Map<String, Object> advanceOver(List<SourceRecord> batch) {
    Map<String, ?> end = batch.getLast().sourceOffset();
    for (SourceRecord item : batch.reversed()) {
      Map<String, ?> offset = item.sourceOffset();
      if (!isOfSameTransaction(offset, end)) {
        break;
      }
      if (SourceOffset.number(offset, SourceOffset.ROW) > 0) {
        advanceTo(offset);
        break;
      }
    }
    return advanceTo(end);
  }

  /** Up to this offset all is published; what to commit then. */
  Map<String, Object> advanceTo(Map<String, ?> offset) {
    Map<String, Object> next = new HashMap<>(offset);
    Map<String, ?> before = last;
    if (before != null && isBehind(offset, before)) {
      keep("file", before, next);
      keep("pos", before, next);
      keep(SourceOffset.EVENT, before, next);
      keep(SourceOffset.ROW, before, next);
    }
    last = next;
    return next;
  }

  private static boolean isBehind(Map<String, ?> offset, Map<String, ?> before) {
    if (!isOfSameTransaction(offset, before)) {
      return false;
    }
    int events =
        Long.compare(
            SourceOffset.number(offset, SourceOffset.EVENT),
            SourceOffset.number(before, SourceOffset.EVENT));
    return events < 0
        || (events == 0
            && SourceOffset.number(offset, SourceOffset.ROW)
                < SourceOffset.number(before, SourceOffset.ROW));
  }

  private static boolean isOfSameTransaction(Map<String, ?> offset, Map<String, ?> before) {
    Object gtids = before.get("gtids");
    return gtids != null
        ? gtids.equals(offset.get("gtids"))
        : offset.get("gtids") == null
            && Objects.equals(offset.get("file"), before.get("file"))
            && SourceOffset.number(offset, "pos") == SourceOffset.number(before, "pos");
  }

  private static void keep(String key, Map<String, ?> before, Map<String, Object> next) {
    Object value = before.get(key);
    if (value == null) {
      next.remove(key);
    } else {
      next.put(key, value);
    }
  }
}
