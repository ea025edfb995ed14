package dev.lockstep.capture.publish;

import dev.lockstep.capture.publish.SourceOffset.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The place up to which a connector is published, which never goes back, and the records of the
 * transaction that it may lie in.
 *
 * <p>Debezium's heartbeats and the rows of snapshots carry offsets that can lie behind rows that
 * were published before: while it skips what an earlier run has published of a transaction, and
 * between an event's rows and the event's end. A run that began at such an offset would publish
 * those rows again. On another server a transaction's rows are the same in the same order, but its
 * events need not be: there it is read from its begin, and as many records of it are left out as
 * were published.
 *
 * <p>Debezium's offsets of binlog connectors say where the transaction that is under way begins
 * ({@code gtids}, else {@code file} and {@code pos}), and how much of it is done ({@code event},
 * {@code row}). Not thread-safe.
 */
public final class PublishedPlace {
  private static final String EVENT = "event";
  private static final String ROW = "row";

  private @Nullable Map<String, ?> last;
  private @Nullable String transaction;
  private long records;
  private long left;
  private final List<SourceRecord> heldBack = new ArrayList<>();

  /** Goes on from where a run begins; null for a first one. */
  public PublishedPlace(@Nullable SourceOffset begin) {
    if (begin != null) {
      last = begin.offset();
      Part part = begin.transaction();
      transaction = part == null ? null : part.gtid();
      records = part == null ? 0 : part.records();
      left = isInTransaction(begin.offset()) ? 0 : records;
    }
  }

  /**
   * What of a batch is to be published, in its order; empty while it is not known yet, and then
   * nothing may be committed. What is no row is never left out.
   */
  List<SourceRecord> unpublished(List<SourceRecord> batch) {
    if (left == 0 && heldBack.isEmpty()) {
      batch.forEach(this::count);
      return batch;
    }
    for (SourceRecord item : batch) {
      boolean isTombstone = item.value() == null;
      String gtid = gtid(item);
      if (left > 0 && gtid != null && !gtid.equals(transaction)) {
        left = 0;
      }
      if (left > 0 && (isTombstone || gtid != null)) {
        left--;
      } else {
        count(item);
        heldBack.add(item);
      }
    }
    if (left > 0) {
      return List.of();
    }
    List<SourceRecord> rest = List.copyOf(heldBack);
    heldBack.clear();
    return rest;
  }

  private void count(SourceRecord item) {
    if (item.value() == null) {
      records++;
      return;
    }
    String gtid = gtid(item);
    if (gtid != null) {
      records = gtid.equals(transaction) ? records + 1 : 1;
      transaction = gtid;
    }
  }

  /** The transaction that a row is of; null for rows of snapshots, and for what is no row. */
  private static @Nullable String gtid(SourceRecord item) {
    return item.value() instanceof Struct value
            && get(value, "op") instanceof String
            && get(value, "source") instanceof Struct source
            && get(source, "gtid") instanceof String gtid
            && !(get(source, "snapshot") instanceof String snapshot && !snapshot.equals("false"))
        ? gtid
        : null;
  }

  private static @Nullable Object get(Struct struct, String name) {
    Field field = struct.schema().field(name);
    return field == null ? null : struct.get(field);
  }

  /** The offset to commit where a batch ends with this one. */
  Map<String, Object> advanceTo(Map<String, ?> offset) {
    Map<String, Object> next = new HashMap<>(offset);
    Map<String, ?> before = last;
    if (before != null && isBehind(offset, before)) {
      keep("file", before, next);
      keep("pos", before, next);
      keep(EVENT, before, next);
      keep(ROW, before, next);
    }
    last = next;
    return next;
  }

  /** What of the transaction that this offset lies in is published. */
  @Nullable Part part(Map<String, ?> offset) {
    return transaction != null && isInTransaction(offset) ? new Part(transaction, records) : null;
  }

  private static boolean isBehind(Map<String, ?> offset, Map<String, ?> before) {
    if (!isOfSameTransaction(offset, before)) {
      return false;
    }
    int events = Long.compare(number(offset, EVENT), number(before, EVENT));
    return events < 0 || (events == 0 && number(offset, ROW) < number(before, ROW));
  }

  private static boolean isOfSameTransaction(Map<String, ?> offset, Map<String, ?> before) {
    Object gtids = before.get("gtids");
    return gtids != null
        ? gtids.equals(offset.get("gtids"))
        : offset.get("gtids") == null
            && Objects.equals(offset.get("file"), before.get("file"))
            && number(offset, "pos") == number(before, "pos");
  }

  /** Whether a part of a transaction is published, and its end is not. */
  private static boolean isInTransaction(Map<String, ?> offset) {
    return number(offset, EVENT) > 0 || number(offset, ROW) > 0;
  }

  private static long number(Map<String, ?> offset, String key) {
    return offset.get(key) instanceof Number number ? number.longValue() : 0;
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
