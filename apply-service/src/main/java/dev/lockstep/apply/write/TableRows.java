package dev.lockstep.apply.write;

import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.tables.PreparedTable;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.schema.TableSchema;

/** Rows of one schema that wait to be inserted. */
final class TableRows {
  private static final int FIRST_CAPACITY = 64 * 1024;

  private final TableSchema schema;
  private final PreparedTable table;
  private final EventEncoder encoder;
  private final RowBuffer buffer = new RowBuffer(FIRST_CAPACITY);
  private int rows;

  TableRows(TableSchema schema, PreparedTable table) {
    this.schema = schema;
    this.table = table;
    this.encoder = new EventEncoder(table.columns(), RowForm.MIRROR);
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

  /** Adds an event's row; returns its commit time in the source in microseconds, or 0. */
  long add(byte[] envelope, long version) {
    encoder.encode(envelope, ZeroDates.NONE, version, buffer);
    rows += encoder.rowsWritten();
    return encoder.sourceMicros();
  }

  void clear() {
    buffer.truncate(0);
    rows = 0;
  }
}
