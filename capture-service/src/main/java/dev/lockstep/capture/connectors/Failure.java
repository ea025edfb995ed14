package dev.lockstep.capture.connectors;

import dev.lockstep.capture.publish.TopicCreation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Why a run of a connector ended by itself.
 *
 * @param passes whether it may pass by itself, so that the run is tried again
 * @param reason what an operator is told: the causes, outermost first, and the way out
 */
record Failure(boolean passes, String reason) {
  private static final int MAX_CAUSES = 6;
  private static final int MAX_MESSAGE = 600;
  private static final int MAX_DEPTH = 20;

  /** The broker throws the same for its own limit, which is among the {@link Known}. */
  private static final String TOO_LARGE =
      "One row is larger than "
          + TopicCreation.MAX_RECORD_BYTES / (1024 * 1024)
          + " MiB as JSON: PUT the config with its large column in column.exclude.list, or with its"
          + " table in table.exclude.list";

  private static final String SNAPSHOT_AGAIN =
      "The binlog was purged past this connector's place, or lost: PUT its config with"
          + " snapshot.mode=when_needed to snapshot again, and raise binlog_expire_logs_seconds on the"
          + " source";

  /**
   * Words of Debezium's and the servers' messages, with the way out. Error 1236 is all that the
   * servers have for what ends a binlog's stream, so its text tells what it is.
   */
  private enum Known {
    SERVER_ID_TAKEN(
        true,
        "with the same server_uuid/server_id",
        "Another reader of this source has this connector's `database.server.id`, and the server ends"
            + " the older of two: remove the key from the config, so that each run takes an id of its"
            + " own, or give the other reader another one"),
    BINLOG_GONE(false, "no longer available on the server", SNAPSHOT_AGAIN),
    FILE_GONE(false, "Could not find first log file name in binary log index", SNAPSHOT_AGAIN),
    FILE_PURGED(false, "purged required binary logs", SNAPSHOT_AGAIN),
    GTIDS_PURGED(false, "purged binary logs containing GTIDs", SNAPSHOT_AGAIN),
    BEYOND_END(false, "to start replication from position > file size", SNAPSHOT_AGAIN),
    BEYOND_END_OF_MARIADB(false, "to start replication from impossible position", SNAPSHOT_AGAIN),
    MORE_GTIDS(false, "has more GTIDs than the", SNAPSHOT_AGAIN),
    GTID_UNKNOWN_TO_MARIADB(false, "which is not in the master's binlog", SNAPSHOT_AGAIN),
    GTID_STATE_UNKNOWN_TO_MARIADB(false, "slave GTID state not found in binlog", SNAPSHOT_AGAIN),
    BINLOG_REFUSED(
        true,
        "Error code: 1236",
        "The source ended the stream of its binlog: its message and its error log say why"),
    HISTORY_GONE(
        false,
        "db history topic is missing",
        "The schema history topic was lost: PUT the config with snapshot.mode=recovery to build it again"),
    UNKNOWN_SCHEMA(
        false,
        "whose schema isn't known to this connector",
        "The schema history does not cover this table: ask for a snapshot of it, without a filter,"
            + " with POST /api/v1/snapshots, then restart the connector; the snapshot takes the"
            + " table's definition and reads all its rows. Where the table is gone, leave it out"
            + " with table.exclude.list"),
    TOO_LARGE_FOR_TOPIC(
        false,
        "larger than the max message size",
        "One row is larger than its topic or the broker takes: raise max.message.bytes of the topic"
            + " and of the broker"),
    PARTIAL_JSON(
        false,
        "(PARTIAL_UPDATE_ROWS)",
        "Run SET GLOBAL binlog_row_value_options = '' on the source and connect again the sessions that"
            + " set it; then delete this connector and create it under another name, which"
            + " snapshots anew: this place of the binlog can't be read"),
    TRANSFORM(
        false,
        "A transform failed on a record",
        "PUT the config with the transform corrected, or with a predicate that keeps it off these"
            + " records (docs/outbox.md)"),
    COMPRESSED(
        false,
        "(log_bin_compress)",
        "Run SET GLOBAL log_bin_compress = OFF on the source; then delete this connector and create it"
            + " under another name, which snapshots anew: this place of the binlog can't be read"),
    BAD_EVENT(
        false,
        "Error while processing event at offset",
        "This event can't be processed as it is; the causes say why");

    private final boolean passes;
    private final String words;
    private final String wayOut;

    Known(boolean passes, String words, String wayOut) {
      this.passes = passes;
      this.words = words;
      this.wayOut = wayOut;
    }
  }

  /**
   * Whether another engine of the same connector has begun since: as a rule on another replica,
   * which this one has yet to hear of.
   */
  static boolean isFenced(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(MAX_DEPTH)
        .anyMatch(
            cause ->
                cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException);
  }

  private static boolean isTooLarge(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(MAX_DEPTH)
        .anyMatch(RecordTooLargeException.class::isInstance);
  }

  static Failure of(Throwable thrown) {
    String causes = causes(thrown);
    String whole = whole(thrown);
    for (Known known : Known.values()) {
      if (whole.contains(known.words)) {
        return new Failure(known.passes, causes + ". " + known.wayOut);
      }
    }
    if (isTooLarge(thrown)) {
      return new Failure(false, causes + ". " + TOO_LARGE);
    }
    return new Failure(!(thrown instanceof IllegalArgumentException), causes);
  }

  /** Debezium puts what matters behind the dump of an offset, longer than anyone is shown. */
  private static String whole(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(MAX_DEPTH)
        .map(cause -> String.valueOf(cause.getMessage()))
        .collect(Collectors.joining(": "));
  }

  private static String causes(Throwable thrown) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = thrown;
        cause != null && messages.size() < MAX_CAUSES;
        cause = cause.getCause()) {
      String message = message(cause);
      boolean saysMore = messages.stream().noneMatch(earlier -> earlier.contains(message));
      if (saysMore && !message.startsWith("An exception occurred in the change event producer")) {
        messages.add(message);
      }
    }
    return String.join(": ", messages);
  }

  private static String message(Throwable cause) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    int half = MAX_MESSAGE / 2;
    return message.length() > MAX_MESSAGE
        ? message.substring(0, half) + " … " + message.substring(message.length() - half)
        : message;
  }
}
