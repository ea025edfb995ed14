package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.BinlogOffsetContext;
import org.jspecify.annotations.Nullable;

/**
 * How far the stream is: the transactions that it has brought to their ends. Only to be asked
 * between two transactions.
 */
final class StreamPosition {
  /** Debezium's key for the transactions that were complete before the one that goes on. */
  private static final String COMPLETED = "gtids";

  private final Dialect dialect;
  private final BinlogOffsetContext<?> offset;
  private final boolean atBegin;

  private StreamPosition(Dialect dialect, BinlogOffsetContext<?> offset, boolean atBegin) {
    this.dialect = dialect;
    this.offset = offset;
    this.atBegin = atBegin;
  }

  /** At the begin of a transaction, whose own id counts as brought already with Debezium. */
  static StreamPosition atBegin(Dialect dialect, BinlogOffsetContext<?> offset) {
    return new StreamPosition(dialect, offset, true);
  }

  /** While no transaction goes on. A DDL's is over without an end of its own. */
  static StreamPosition between(Dialect dialect, BinlogOffsetContext<?> offset) {
    return new StreamPosition(dialect, offset, false);
  }

  /** Whether all of these transactions were brought. */
  boolean isPast(String executed) {
    String completed = completed();
    return completed == null ? executed.isEmpty() : dialect.isWithin(executed, completed);
  }

  private @Nullable String completed() {
    return atBegin ? (String) offset.getOffset().get(COMPLETED) : offset.gtidSet();
  }
}
