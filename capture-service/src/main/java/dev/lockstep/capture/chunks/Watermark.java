package dev.lockstep.capture.chunks;

import io.debezium.relational.TableId;

/**
 * A place that the stream has to come to. No DDL of a table gets through whose reading has begun.
 *
 * @param readAt the transactions that the source had executed there
 * @param isOpen whether the table's reading has begun there; otherwise the stream was too far
 *     behind
 */
record Watermark(TableId table, String readAt, boolean isOpen) implements Waiting {
  @Override
  public String what() {
    return table.identifier();
  }

  @Override
  public boolean isDue(StreamPosition stream) {
    return stream.isPast(readAt);
  }
}
