package dev.lockstep.common.kafka;

import dev.lockstep.common.control.ConnectorSpec;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The names of the control topics. The prefix lets two suites share a Kafka.
 *
 * @param prefix what the names begin with, {@code lockstep} by default
 */
public record TopicNames(String prefix) {
  private static final Pattern NOT_IN_A_TOPIC = Pattern.compile("[^a-zA-Z0-9.-]");

  /** Desired connectors; compacted. */
  public String connectors() {
    return prefix + ".connectors";
  }

  /** Table mappings; compacted. */
  public String mappings() {
    return prefix + ".mappings";
  }

  /** Table schemas; compacted. */
  public String schemas() {
    return prefix + ".schemas";
  }

  /** Which rows of a table are void; compacted, written in the transaction of the records. */
  public String resets() {
    return prefix + ".resets";
  }

  /**
   * Source offsets with the last version given; compacted, written in the transaction of the
   * records.
   */
  public String offsets() {
    return prefix + ".offsets";
  }

  /** One-off commands with an id each; kept. */
  public String commands() {
    return prefix + ".commands";
  }

  /** Requests to apply records again, and how far they have come; compacted. */
  public String replays() {
    return prefix + ".replays";
  }

  /** Reported state; compacted. */
  public String status() {
    return prefix + ".status";
  }

  /** Quarantined records; kept. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** Questions to capture-service that need an answer now; short-lived. */
  public String captureRequests() {
    return prefix + ".capture-requests";
  }

  /** Answers to admin-service; short-lived. */
  public String adminReplies() {
    return prefix + ".admin-replies";
  }

  /**
   * Debezium's schema history of a connector whose config names no topic for it. What Kafka does
   * not allow in a topic's name is written as {@code _} and its code in hex, so that no two
   * connectors share a topic.
   */
  public String schemaHistory(String connector) {
    return prefix
        + ".schema-history."
        + NOT_IN_A_TOPIC.matcher(connector).replaceAll(TopicNames::hex);
  }

  /** The topic of a connector's schema history: the one that its config names, or our own. */
  public String schemaHistory(ConnectorSpec spec) {
    return spec.config()
        .getOrDefault("schema.history.internal.kafka.topic", schemaHistory(spec.name()));
  }

  private static String hex(MatchResult refused) {
    return "_" + Integer.toHexString(refused.group().codePointAt(0));
  }
}
