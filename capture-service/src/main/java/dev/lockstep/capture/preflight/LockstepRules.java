package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.kafka.TopicNames;
import io.debezium.storage.kafka.history.KafkaSchemaHistory;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Lockstep asks of a config beyond Debezium's own rules. */
final class LockstepRules {
  static final String CONNECTOR_CLASS = SourceKind.KEY;
  private static final long HIGHEST_SERVER_ID = 4_294_967_295L;
  private static final String HISTORY = "schema.history.internal";

  private LockstepRules() {}

  /** Whether the class is supported; the other rules mean nothing for one that is not. */
  static boolean checkClass(Map<String, String> config, Findings findings) {
    String connectorClass = config.getOrDefault(CONNECTOR_CLASS, "").strip();
    if (SourceKind.of(config).isPresent()) {
      return true;
    }
    String problem =
        connectorClass.isEmpty()
            ? "`connector.class` is missing."
            : "The connector class `" + connectorClass + "` is not supported.";
    findings.error(
        CONNECTOR_CLASS,
        problem,
        "Set it to "
            + SourceKind.MYSQL.connectorClass()
            + " or "
            + SourceKind.MARIADB.connectorClass()
            + ", the two that are supported.");
    return false;
  }

  static void check(Map<String, String> config, TopicNames topics, Findings findings) {
    range(config, "database.port", 1, 65_535, findings);
    range(config, "database.server.id", 1, HIGHEST_SERVER_ID, findings);
    heartbeats(config, findings);
    oneTask(config, findings);
    topicPrefix(config, topics, findings);
    neverSkips(config, findings);
    skippedOperations(config, findings);
    TransformRules.check(config, findings);
    notUsed(config, findings);
    ExactRules.check(config, findings);
  }

  /**
   * Debezium can be told to leave out what it can't process; then rows are lost and nobody sees it.
   */
  private static void neverSkips(Map<String, String> config, Findings findings) {
    for (String key :
        List.of("event.processing.failure.handling.mode", "inconsistent.schema.handling.mode")) {
      if (!config.getOrDefault(key, "fail").strip().equalsIgnoreCase("fail")) {
        findings.error(
            key,
            "`" + key + "` would let rows be left out unseen.",
            "Remove it, or set it to fail: the connector then stops and says at which event.");
      }
    }
    if (config
        .getOrDefault("schema.history.internal.skip.unparseable.ddl", "")
        .strip()
        .equals("true")) {
      findings.warning(
          "schema.history.internal.skip.unparseable.ddl",
          "A DDL that can't be parsed would be left out, and rows after it may be read by the wrong schema.",
          "Remove it unless a statement is known to be harmless.");
    }
  }

  private static void skippedOperations(Map<String, String> config, Findings findings) {
    String skipped = config.getOrDefault("skipped.operations", "t");
    if (Stream.of(skipped.split(","))
        .map(String::strip)
        .anyMatch(Set.of("c", "u", "d")::contains)) {
      findings.error(
          "skipped.operations",
          "`skipped.operations` leaves out inserts, updates or deletes: the target would not equal the"
              + " source.",
          "Set it to t or none, or remove it.");
    }
  }

  private static void range(
      Map<String, String> config, String key, long least, long most, Findings findings) {
    OptionalLong value = number(config.get(key));
    if (value.isPresent() && (value.getAsLong() > most || value.getAsLong() < least)) {
      String range = "a number from " + least + " to " + most;
      findings.error(key, "`" + key + "` is not " + range + ".", "Give " + range + ".");
    }
  }

  /** Empty when it is none: Debezium's rules say so. */
  private static OptionalLong number(@Nullable String value) {
    return value != null && value.strip().matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(value.strip()))
        : OptionalLong.empty();
  }

  private static void heartbeats(Map<String, String> config, Findings findings) {
    OptionalLong interval = number(config.get("heartbeat.interval.ms"));
    if (interval.isPresent() && interval.getAsLong() <= 0) {
      findings.error(
          "heartbeat.interval.ms",
          "`heartbeat.interval.ms` is not positive: without heartbeats the place in the binlog stands"
              + " while the captured tables rest, until the binlog is purged past it, and the end of a"
              + " snapshot is not committed.",
          "Remove it, which makes it 10000, or give milliseconds from 1 up.");
    }
  }

  private static void oneTask(Map<String, String> config, Findings findings) {
    String tasks = config.getOrDefault("tasks.max", "1").strip();
    if (!tasks.equals("1")) {
      findings.error(
          "tasks.max",
          "`tasks.max` is not 1; such a connector has one task, because a binlog is read in order.",
          "Set it to 1, or remove it.");
    }
  }

  private static void topicPrefix(
      Map<String, String> config, TopicNames topics, Findings findings) {
    String prefix = config.getOrDefault("topic.prefix", "").strip();
    if ((prefix + ".").startsWith(topics.prefix() + ".")) {
      findings.error(
          "topic.prefix",
          "Topics that begin with `" + topics.prefix() + ".` are Lockstep's own.",
          "Choose another prefix, such as the name of the source.");
    }
  }

  private static void notUsed(Map<String, String> config, Findings findings) {
    String bootstrap = HISTORY + ".kafka.bootstrap.servers";
    if (config.containsKey(bootstrap)) {
      notUsedHistory(bootstrap, findings);
    }
    String history = KafkaSchemaHistory.class.getName();
    if (!config.getOrDefault(HISTORY, history).equals(history)) {
      notUsedHistory(HISTORY, findings);
    }
  }

  private static void notUsedHistory(String key, Findings findings) {
    findings.warning(
        key,
        "`" + key + "` is not used: the schema history is kept in Lockstep's own Kafka.",
        "Remove it, or leave it: it does no harm.");
  }
}
