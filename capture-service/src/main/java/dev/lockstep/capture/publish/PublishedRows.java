package dev.lockstep.capture.publish;

import dev.lockstep.capture.publish.SourceOffset.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of the transaction that the published place lies in. On another server a
 * transaction's rows are the same in the same order, but its events need not be: there it is read
 * from its begin, and as many records of it are left out as were published.
 *
 * <p>Fields are looked up by name once for each envelope's schema. Not thread-safe.
 */
public final class PublishedRows {
  private final List<SourceRecord> heldBack = new ArrayList<>();
  private @Nullable String transaction;
  private long records;
  private long left;
  private Fields fields = new Fields(null, null, null, null);

  /** Of an envelope's schema; the fields are null where it is no envelope of MySQL or MariaDB. */
  private record Fields(
      @Nullable Schema schema,
      @Nullable Field source,
      @Nullable Field gtid,
      @Nullable Field snapshot) {
    static Fields of(Schema schema) {
      Field source = schema.field("op") == null ? null : schema.field("source");
      return source == null
          ? new Fields(schema, null, null, null)
          : new Fields(
              schema, source, source.schema().field("gtid"), source.schema().field("snapshot"));
    }
  }

  /** Goes on from where a run begins; null for a first one. */
  public PublishedRows(@Nullable SourceOffset begin) {
    Part part = begin == null ? null : begin.transaction();
    if (begin != null && part != null) {
      transaction = part.gtid();
      records = part.records();
      left = begin.isInTransaction() ? 0 : records;
    }
  }

  /**
   * What of a batch is to be published, in its order, and ends where the batch ends; empty while
   * that is not known yet, and then nothing may be committed. What is no row is never left out.
   *
   * @param leftOut is told of what is published already
   */
  List<SourceRecord> unpublished(List<SourceRecord> batch, Consumer<SourceRecord> leftOut) {
    if (left == 0 && heldBack.isEmpty()) {
      batch.forEach(this::count);
      return batch;
    }
    boolean endsHere = false;
    for (SourceRecord item : batch) {
      String gtid = gtid(item);
      if (gtid != null && !gtid.equals(transaction)) {
        left = 0;
      }
      boolean isPublished = left > 0 && (gtid != null || item.value() == null);
      if (isPublished) {
        left--;
        leftOut.accept(item);
      } else {
        count(item);
        heldBack.add(item);
      }
      endsHere = !isPublished;
    }
    if (left > 0 || !endsHere) {
      return List.of();
    }
    List<SourceRecord> rest = List.copyOf(heldBack);
    heldBack.clear();
    return rest;
  }

  /** A tombstone is of the row before it. */
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
  @SuppressWarnings("ReferenceEquality") // equality of two schemas walks all their fields
  private @Nullable String gtid(SourceRecord item) {
    if (!(item.value() instanceof Struct value)) {
      return null;
    }
    if (fields.schema() != value.schema()) {
      fields = Fields.of(value.schema());
    }
    if (fields.source() == null
        || fields.gtid() == null
        || !(value.get(fields.source()) instanceof Struct source)) {
      return null;
    }
    boolean isOfSnapshot =
        fields.snapshot() != null
            && source.get(fields.snapshot()) instanceof String snapshot
            && !snapshot.equals("false");
    return !isOfSnapshot && source.get(fields.gtid()) instanceof String gtid ? gtid : null;
  }

  /** What is published of the transaction that this offset lies in. */
  @Nullable Part part(Map<String, ?> offset) {
    return transaction != null && SourceOffset.isInTransaction(offset)
        ? new Part(transaction, records)
        : null;
  }
}
