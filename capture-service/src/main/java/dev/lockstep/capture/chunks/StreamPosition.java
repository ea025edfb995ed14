package dev.lockstep.capture.chunks;

import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.gtid.MySqlGtidSet;
import org.jspecify.annotations.Nullable;

/**
 * How far the stream is: the transactions that it has brought to their ends. Only to be asked
 * between two transactions.
 */
final class StreamPosition {
  /** Debezium's key for the transactions that were complete before the one that goes on. */
  private static final String COMPLETED = "gtids";

  private final MySqlOffsetContext offset;
  private final boolean atBegin;

  private StreamPosition(MySqlOffsetContext offset, boolean atBegin) {
    this.offset = offset;
    this.atBegin = atBegin;
  }

  /** At the begin of a transaction, whose own id counts as brought already with Debezium. */
  static StreamPosition atBegin(MySqlOffsetContext offset) {
    return new StreamPosition(offset, true);
  }

  /** While no transaction goes on. A DDL's is over without an end of its own. */
  static StreamPosition between(MySqlOffsetContext offset) {
    return new StreamPosition(offset, false);
  }

  /** Whether everything of a GTID set was brought. */
  boolean isPast(String executed) {
    String completed = completed();
    return completed != null
        && new MySqlGtidSet(executed).isContainedWithin(new MySqlGtidSet(completed));
  }

  private @Nullable String completed() {
    return atBegin ? (String) offset.getOffset().get(COMPLETED) : offset.gtidSet();
  }
}
