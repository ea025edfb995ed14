package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.BinlogOffsetContext;
import io.debezium.connector.binlog.BinlogSourceInfo;
import java.util.Objects;
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

  /**
   * Whether an offset that a run starts from stands in the middle of a transaction. Debezium counts
   * the events from the begin, and between transactions now and then an event too; a row comes
   * third, after the begin and the table's map.
   */
  static boolean isInTransaction(BinlogOffsetContext<?> start) {
    return start.eventsToSkipUponRestart() > 1 || start.rowsToSkipUponRestart() > 0;
  }

  /** Whether all of these transactions were brought. */
  boolean isPast(String executed) {
    return dialect.isPast(this, executed);
  }

  /** The same, of GTIDs. */
  boolean isPastGtids(String executed) {
    String completed = completed();
    return completed == null ? executed.isEmpty() : dialect.isWithin(executed, completed);
  }

  /** Whether all that was brought is among these transactions. */
  boolean isWithin(String executed) {
    String completed = completed();
    return completed == null || dialect.isWithin(completed, executed);
  }

  /** Whether all that was brought lies before a place in the binlog. */
  boolean isUpTo(String file, long position) {
    String ownFile = file();
    return ownFile.equals(file)
        ? position() <= position
        : baseName(ownFile).equals(baseName(file)) && number(ownFile) < number(file);
  }

  /** Whether all that lies before a place in the binlog was brought. */
  boolean isFrom(String file, long position) {
    String ownFile = file();
    return ownFile.equals(file)
        ? position() >= position
        : baseName(ownFile).equals(baseName(file)) && number(ownFile) > number(file);
  }

  private String file() {
    return String.valueOf(offset.getOffset().get(BinlogSourceInfo.BINLOG_FILENAME_OFFSET_KEY));
  }

  private long position() {
    Object own = offset.getOffset().get(BinlogSourceInfo.BINLOG_POSITION_OFFSET_KEY);
    return ((Number) Objects.requireNonNull(own)).longValue();
  }

  private static String baseName(String file) {
    return file.substring(0, file.lastIndexOf('.') + 1);
  }

  /** A binlog file's name ends in its number. */
  private static long number(String file) {
    return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
  }

  private @Nullable String completed() {
    return atBegin ? (String) offset.getOffset().get(COMPLETED) : offset.gtidSet();
  }
}
