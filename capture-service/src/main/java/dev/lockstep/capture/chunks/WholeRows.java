package dev.lockstep.capture.chunks;

import io.debezium.relational.TableId;
import java.time.Instant;
import java.util.List;

/**
 * Rows of a table that is read as it was at one place of the stream, which has come there. While it
 * is read, no DDL of it gets through.
 *
 * @param rows the values by the position of the column
 * @param begun when the reading began, which tells its rows from those of another
 * @param readAt the transactions that the source had executed after reading
 * @param atOnce whether the stream need not go on before they are handed on
 */
record WholeRows(TableId table, List<Object[]> rows, Instant begun, String readAt, boolean atOnce)
    implements Waiting {
  @Override
  public String what() {
    return table.identifier();
  }

  @Override
  public boolean isDue(StreamPosition stream) {
    return atOnce || stream.isPast(readAt);
  }
}
