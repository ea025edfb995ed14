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

  /** The broker throws the same for its own limit, which is among the {@link Lasting}. */
  private static final String TOO_LARGE =
      "One row is larger than "
          + TopicCreation.MAX_RECORD_BYTES / (1024 * 1024)
          + " MiB as JSON: PUT the config with its large column in column.exclude.list, or with its"
          + " table in table.exclude.list";

  /**
   * Words of Debezium's and MySQL's messages for faults that only an operator can mend, with the
   * way out.
   */
  private enum Lasting {
    BINLOG_GONE(
        "no longer available on the server",
        "The binlog was purged past this connector's place: PUT its config with snapshot.mode=when_needed to snapshot"
            + " again, and raise binlog_expire_logs_seconds on the source"),
    BINLOG_REFUSED(
        "Error code: 1236",
        "The source can't give the binlog from this connector's place: see its message; PUT the config with"
            + " snapshot.mode=when_needed to snapshot again"),
    HISTORY_GONE(
        "db history topic is missing",
        "The schema history topic was lost: PUT the config with snapshot.mode=recovery to build it again"),
    UNKNOWN_SCHEMA(
        "whose schema isn't known to this connector",
        "The schema history does not cover this table: PUT the config with snapshot.mode=recovery to build it again"),
    TOO_LARGE_FOR_TOPIC(
        "larger than the max message size",
        "One row is larger than its topic or the broker takes: raise max.message.bytes of the topic"
            + " and of the broker"),
    PARTIAL_JSON(
        "(PARTIAL_UPDATE_ROWS)",
        "Run SET GLOBAL binlog_row_value_options = '' on the source and connect again the sessions that"
            + " set it; then delete this connector and create it under another name, which"
            + " snapshots anew: this place of the binlog can't be read"),
    TRANSFORM(
        "A transform failed on a record",
        "PUT the config with the transform corrected, or with a predicate that keeps it off these"
            + " records (docs/outbox.md)"),
    COMPRESSED(
        "(log_bin_compress)",
        "Run SET GLOBAL log_bin_compress = OFF on the source; then delete this connector and create it"
            + " under another name, which snapshots anew: this place of the binlog can't be read"),
    BAD_EVENT(
        "Error while processing event at offset",
        "This event can't be processed as it is; the causes say why");

    private final String words;
    private final String wayOut;

    Lasting(String words, String wayOut) {
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
    for (Lasting lasting : Lasting.values()) {
      if (whole.contains(lasting.words)) {
        return new Failure(false, causes + ". " + lasting.wayOut);
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
