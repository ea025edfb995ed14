package dev.lockstep.capture.resets;

import dev.lockstep.common.control.TableReset;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a run's snapshots make void: once the initial one has read a table, everything that was
 * published of the table before the run; once one of a table that the connector did not capture for
 * a while has, everything before that. Not sooner, for the target would be empty meanwhile.
 *
 * @param connector the connector's name
 * @param before a version above all that earlier runs gave, and not above the first of this run
 */
public record SnapshotResets(String connector, long before) {
  /**
   * The table, as {@code database.table}, that the initial snapshot has read to its end where this
   * record stands; empty for other records.
   */
  public static Optional<String> tableRead(SourceRecord item) {
    return TableRead.of(item).filter(read -> read.resetBefore() == null).map(TableRead::table);
  }

  /** Whether a record is not for Kafka. */
  public static boolean isMarker(SourceRecord item) {
    return TableRead.of(item).isPresent();
  }

  /**
   * The reset that a record of the stream stands for; empty for other records.
   *
   * @param next gives a version above all that were given
   */
  public Optional<TableReset> resetAt(SourceRecord item, LongSupplier next) {
    return TableRead.of(item)
        .map(read -> new TableReset(connector, read.table(), version(read.resetBefore(), next)));
  }

  private long version(@Nullable Long resetBefore, LongSupplier next) {
    if (resetBefore == null) {
      return before;
    }
    return resetBefore == TableRead.HERE ? next.getAsLong() : resetBefore;
  }
}
