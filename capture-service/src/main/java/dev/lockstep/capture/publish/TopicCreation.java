package dev.lockstep.capture.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How a connector's topics are made: Kafka Connect's own keys {@code topic.creation.groups}, {@code
 * topic.creation.default.*} and {@code topic.creation.<group>.*} (KIP-158), with defaults for what
 * they leave out: one partition, the broker's replication factor, seven days of retention, records
 * up to 20 MiB.
 */
public final class TopicCreation {
  /** The largest record that is published, in bytes. */
  public static final int MAX_RECORD_BYTES = 20 * 1024 * 1024;

  private static final String PREFIX = "topic.creation.";
  private static final String DEFAULT = "default";
  private static final Map<String, String> DEFAULTS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG, String.valueOf(Duration.ofDays(7).toMillis()),
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_RECORD_BYTES));

  private final List<Group> groups = new ArrayList<>();

  private record Group(
      List<Pattern> include,
      List<Pattern> exclude,
      int partitions,
      short replication,
      Map<String, String> config) {
    boolean covers(String topic) {
      return include.stream().anyMatch(pattern -> pattern.matcher(topic).matches())
          && exclude.stream().noneMatch(pattern -> pattern.matcher(topic).matches());
    }
  }

  /**
   * Reads the keys.
   *
   * @throws IllegalArgumentException when a number is none or a pattern is broken; the message
   *     names the key
   */
  public TopicCreation(Map<String, String> connectorConfig) {
    String names = connectorConfig.getOrDefault(PREFIX + "groups", "");
    Stream.of(names.split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .forEach(name -> groups.add(group(name, connectorConfig)));
    groups.add(group(DEFAULT, connectorConfig));
  }

  private static Group group(String name, Map<String, String> connectorConfig) {
    String prefix = PREFIX + name + ".";
    Map<String, String> own = new TreeMap<>();
    inherit(PREFIX + DEFAULT + ".", connectorConfig, own);
    inherit(prefix, connectorConfig, own);
    boolean isDefault = name.equals(DEFAULT);
    List<Pattern> include =
        isDefault
            ? List.of(Pattern.compile(".*"))
            : patterns(prefix + "include", own.remove("include"));
    List<Pattern> exclude =
        isDefault ? List.of() : patterns(prefix + "exclude", own.remove("exclude"));
    int partitions = number(prefix + "partitions", own.remove("partitions"), 1);
    int replication = number(prefix + "replication.factor", own.remove("replication.factor"), -1);
    Map<String, String> config = new HashMap<>(DEFAULTS);
    config.putAll(own);
    return new Group(include, exclude, partitions, (short) replication, config);
  }

  private static void inherit(String prefix, Map<String, String> from, Map<String, String> to) {
    from.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            to.put(key.substring(prefix.length()), value);
          }
        });
  }

  private static List<Pattern> patterns(
      String key, @org.jspecify.annotations.Nullable String list) {
    if (list == null) {
      return List.of();
    }
    try {
      return Stream.of(list.split(",")).map(String::trim).map(Pattern::compile).toList();
    } catch (java.util.regex.PatternSyntaxException e) {
      throw new IllegalArgumentException(
          key + " is not a list of regular expressions: " + e.getMessage(), e);
    }
  }

  private static int number(
      String key, @org.jspecify.annotations.Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a whole number, not '" + text + "'", e);
    }
  }

  /** The topic as it is to be made: by the first group that covers it, else by the defaults. */
  NewTopic topic(String name) {
    Group group =
        groups.stream().filter(candidate -> candidate.covers(name)).findFirst().orElseThrow();
    return new NewTopic(name, group.partitions, group.replication).configs(group.config);
  }
}
