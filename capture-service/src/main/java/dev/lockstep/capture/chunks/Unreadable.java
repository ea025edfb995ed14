package dev.lockstep.capture.chunks;

import io.debezium.relational.TableId;

/**
 * A table that could not be read. A DDL that the stream has yet to bring can be why, so what it
 * means is told when the stream is there.
 *
 * @param reason why, with the way out
 */
record Unreadable(TableId table, String reason, String readAt, long ddl) implements Waiting {
  @Override
  public String what() {
    return table.identifier();
  }

  /** A DDL since may have made the table another, or taken it away. */
  @Override
  public boolean isOutdated(long ddlNow) {
    return ddl != ddlNow;
  }

  @Override
  public boolean isDue(StreamPosition stream) {
    return stream.isPast(readAt);
  }
}
