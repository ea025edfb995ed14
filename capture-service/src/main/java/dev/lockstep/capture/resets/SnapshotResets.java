package dev.lockstep.capture.resets;

import dev.lockstep.common.control.TableReset;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What one run's initial snapshot makes void: once it has read a table, everything that was
 * published of the table before the run. Not sooner, for the target would be empty meanwhile.
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
    return TableReadChannel.tableOf(item);
  }

  /** Whether a record is not for Kafka. */
  public static boolean isMarker(SourceRecord item) {
    return TableReadChannel.tableOf(item).isPresent();
  }

  /** The reset that a record of the stream stands for; empty for other records. */
  public Optional<TableReset> resetAt(SourceRecord item) {
    return TableReadChannel.tableOf(item).map(table -> new TableReset(connector, table, before));
  }
}
