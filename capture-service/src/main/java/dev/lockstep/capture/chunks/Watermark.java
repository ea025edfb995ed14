package dev.lockstep.capture.chunks;

import io.debezium.relational.TableId;

/**
 * Where a table is going to be read as a whole, once the stream is there.
 *
 * @param readAt the transactions of which the table has the rows
 */
record Watermark(TableId table, String readAt) implements Waiting {
  @Override
  public String what() {
    return table.identifier();
  }

  @Override
  public long ddl() {
    return 0;
  }

  /** No DDL of the table gets through until it is read. */
  @Override
  public boolean isOutdated(long ddlNow) {
    return false;
  }
}
