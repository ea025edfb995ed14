package dev.lockstep.capture.connectors;

import io.debezium.DebeziumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Why a run of a connector ended by itself.
 *
 * @param passes whether it may pass by itself, so that the run is tried again
 * @param reason what an operator is told: the causes, outermost first, and the way out
 */
record Failure(boolean passes, String reason) {
  /** Words of Debezium's messages for faults that only an operator can mend, with the way out. */
  private enum Lasting {
    BINLOG_GONE(
        "no longer available on the server",
        "The binlog was purged past this connector's place. Delete the connector, make it anew under another name to"
            + " snapshot again, and raise binlog_expire_logs_seconds."),
    HISTORY_GONE(
        "db history topic or its content is fully or partially missing",
        "The schema history topic was lost. Make the connector anew under another name to snapshot again."),
    UNPARSEABLE(
        "Error while processing event at offset",
        "See the cause; the event can't be processed as it is."),
    BAD_CONFIG("configuration is incorrect", "Correct the config and PUT it again.");

    final String words;
    final String wayOut;

    Lasting(String words, String wayOut) {
      this.words = words;
      this.wayOut = wayOut;
    }
  }

  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "An exception occurred in the change event producer. This connector will be stopped.",
          "An exception occurred in the change event producer. This connector will be restarted.");

  static Failure of(Throwable thrown) {
    String causes = causes(thrown);
    for (Lasting lasting : Lasting.values()) {
      if (causes.contains(lasting.words)) {
        return new Failure(false, causes + " — " + lasting.wayOut);
      }
    }
    boolean refusesConfig =
        thrown instanceof IllegalArgumentException || isOnly(thrown, DebeziumException.class);
    return new Failure(!(thrown instanceof IllegalArgumentException) || !refusesConfig, causes);
  }

  private static boolean isOnly(Throwable thrown, Class<?> type) {
    return type.isInstance(thrown) && thrown.getCause() == null;
  }

  private static String causes(Throwable thrown) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = thrown; cause != null && messages.size() < 6; cause = cause.getCause()) {
      String message =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      String shorter = message.length() > 600 ? message.substring(0, 600) + "…" : message;
      if (!EMPTY_WORDS.contains(message)
          && messages.stream().noneMatch(earlier -> earlier.contains(shorter))) {
        messages.add(shorter);
      }
    }
    return String.join(": ", messages);
  }
}
