package dev.lockstep.common.control;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a connector is and how fast, as its owner measures it while it runs; a value of the
 * status topic under {@code progress/<name>}. It changes often, so it stands beside {@link
 * ConnectorStatus}, which tells turns only.
 *
 * @param connector the connector's name
 * @param owner the capture-service replica that runs it, as {@code host:port} of its HTTP
 * @param position the place in the binlog up to which everything is published; null before it is
 *     known
 * @param lag the distance from there to the server's end; null while it can't be measured
 * @param lastEventAt when the last published row change was committed in the source; null before
 *     the first
 * @param eventsPerSecond row changes published in a second, by kind, over the last interval
 * @param queue what Debezium has read and Kafka has not taken; null while the engine does not run
 * @param batches the transactions of the last interval; null when there was none
 * @param at when this was measured
 */
public record ConnectorProgress(
    String connector,
    String owner,
    @Nullable Position position,
    @Nullable Lag lag,
    @Nullable Instant lastEventAt,
    Events eventsPerSecond,
    @Nullable Queue queue,
    @Nullable Batches batches,
    Instant at) {
  /** Checks what must be there. */
  public ConnectorProgress {
    Objects.requireNonNull(connector, "connector");
    eventsPerSecond = eventsPerSecond == null ? Events.NONE : eventsPerSecond;
  }

  /**
   * A place in the source's binlog.
   *
   * @param file the binlog file
   * @param offset the position in that file, in bytes
   * @param gtidSet the transactions before it; null where the source has no GTIDs
   */
  public record Position(String file, long offset, @Nullable String gtidSet) {}

  /**
   * A distance to the server's end.
   *
   * @param bytes of binlog
   * @param transactions committed and not published yet; null where GTIDs can't tell
   * @param seconds since the oldest event that waits was committed; 0 when none waits
   */
  public record Lag(long bytes, @Nullable Long transactions, double seconds) {}

  /**
   * Row changes by kind.
   *
   * @param create INSERTs
   * @param update UPDATEs
   * @param delete DELETEs
   * @param read rows that a snapshot read
   * @param truncate TRUNCATEs
   */
  public record Events(double create, double update, double delete, double read, double truncate) {
    /** None of any kind. */
    public static final Events NONE = new Events(0, 0, 0, 0, 0);
  }

  /**
   * The fill of Debezium's queue.
   *
   * @param records records that wait
   * @param recordCapacity the most that can
   * @param bytes their size as Debezium estimates it; 0 where bytes are not limited
   * @param byteCapacity the most bytes that can wait; 0 for no limit
   */
  public record Queue(long records, long recordCapacity, long bytes, long byteCapacity) {}

  /**
   * Means over the batches of an interval.
   *
   * @param count how many there were
   * @param records records in one
   * @param seconds from taking one off Debezium's queue until it is committed
   * @param transactionSeconds from the begin of its Kafka transaction until it is committed
   */
  public record Batches(long count, double records, double seconds, double transactionSeconds) {}

  /** The record key in the status topic. */
  public static String recordKey(String connector) {
    return StatusKeys.PROGRESS + connector;
  }

  /** Whether both tell the same, whenever they were measured. */
  public boolean tellsTheSame(ConnectorProgress other) {
    return equals(
        new ConnectorProgress(
            other.connector,
            other.owner,
            other.position,
            other.lag,
            other.lastEventAt,
            other.eventsPerSecond,
            other.queue,
            other.batches,
            at));
  }
}
