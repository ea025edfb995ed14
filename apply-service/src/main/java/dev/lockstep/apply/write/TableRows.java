package dev.lockstep.apply.write;

import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.tables.PreparedTable;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.schema.TableSchema;
import java.util.Map;
import java.util.TreeMap;

/** Rows of one schema that wait to be inserted. */
final class TableRows {
  private static final int FIRST_CAPACITY = 64 * 1024;

  private final TableSchema schema;
  private final PreparedTable table;
  private final EventEncoder encoder;
  private final RowBuffer buffer = new RowBuffer(FIRST_CAPACITY);
  private final Map<Long, Long> snapshots = new TreeMap<>();
  private int rows;

  TableRows(TableSchema schema, PreparedTable table) {
    this.schema = schema;
    this.table = table;
    this.encoder = table.newEncoder();
  }

  TableSchema schema() {
    return schema;
  }

  PreparedTable table() {
    return table;
  }

  RowBuffer buffer() {
    return buffer;
  }

  int rows() {
    return rows;
  }

  /**
   * Adds an event's rows; false when it makes none.
   *
   * @throws RecordFault when they can't be written; then the removal of the older state of its row
   *     was added, so that it is in quarantine and not in the target as it was
   */
  boolean add(byte[] envelope, ZeroDates zeroDates, Undecodable undecodable, long version) {
    try {
      encoder.encode(envelope, zeroDates, undecodable, version, buffer);
    } catch (RecordFault e) {
      encoder.encodeRemovalOfOlder(envelope, buffer);
      rows += encoder.rowsWritten();
      throw e;
    }
    rows += encoder.rowsWritten();
    if (table.isMultiset() && encoder.isSnapshotRead()) {
      snapshots.merge(encoder.sourceMicros(), version, Math::min);
    }
    return encoder.rowsWritten() > 0;
  }

  /** The commit time in the source of the event added last, in microseconds, or 0. */
  long sourceMicros() {
    return encoder.sourceMicros();
  }

  /**
   * For a table without a key, the snapshots that read some of the rows: when the snapshot of the
   * table began, which all its rows carry as their time, and the lowest version among its rows.
   */
  Map<Long, Long> snapshots() {
    return snapshots;
  }

  void clear() {
    buffer.truncate(0);
    snapshots.clear();
    rows = 0;
  }
}
