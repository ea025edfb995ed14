package dev.lockstep.admin.connectors;

import dev.lockstep.admin.names.Names;
import dev.lockstep.admin.secrets.Secrets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What can be said of a config without knowing Debezium. The rest is capture-service's to say.
 *
 * <p>An error reads {@code <key>: <problem> <remedy>} and never quotes a value.
 */
final class ConfigRules {
  static final String NAME = "name";
  static final String CONNECTOR_CLASS = "connector.class";
  static final String TOPIC_PREFIX = "topic.prefix";
  private static final String SERVER_ID = "database.server.id";
  static final String HISTORY_TOPIC = "schema.history.internal.kafka.topic";

  /** Prefixes begin topic names, which Kafka limits to this. */
  private static final int LONGEST_PREFIX = 249;

  private ConfigRules() {}

  /** What is wrong with a connector's name. */
  static List<String> nameErrors(String name) {
    return Names.errors("connector", name);
  }

  /** What is wrong with a config in itself. */
  static List<String> configErrors(Map<String, String> config) {
    Stream<String> missing =
        config.getOrDefault(CONNECTOR_CLASS, "").isBlank()
            ? Stream.of(
                "connector.class: Missing required configuration \"connector.class\" which has no"
                    + " default value. Set it to io.debezium.connector.mysql.MySqlConnector or"
                    + " io.debezium.connector.mariadb.MariaDbConnector.")
            : Stream.empty();
    return Stream.of(
            missing,
            longPrefix(config).stream(),
            eachKey(config, key -> Secrets.MASK.equals(config.get(key)) ? unmasked(key) : ""),
            eachKey(config, key -> key.isBlank() ? "(empty key): A key is empty. Name it." : ""))
        .flatMap(errors -> errors)
        .toList();
  }

  private static Optional<String> longPrefix(Map<String, String> config) {
    return config.getOrDefault(TOPIC_PREFIX, "").length() > LONGEST_PREFIX
        ? Optional.of("topic.prefix: The prefix is longer than 249 characters. Shorten it.")
        : Optional.empty();
  }

  private static String unmasked(String key) {
    return key
        + ": The value is the mask that stands in place of a secret, and no secret is stored under"
        + " this key. Send the secret itself.";
  }

  private static Stream<String> eachKey(Map<String, String> config, UnaryOperator<String> error) {
    return config.keySet().stream().sorted().map(error).filter(text -> !text.isEmpty());
  }

  /** What is wrong when another connector uses this prefix. */
  static String prefixTaken(String owner) {
    return "topic.prefix: The connector "
        + owner
        + " uses this prefix already, and both would write to the same topics. Choose another one.";
  }

  /** Whether both read the same source under one id. */
  static boolean shareServerId(Map<String, String> one, Map<String, String> other) {
    String id = one.getOrDefault(SERVER_ID, "").strip();
    return !id.isEmpty()
        && id.equals(other.getOrDefault(SERVER_ID, "").strip())
        && address(one).equals(address(other));
  }

  private static String address(Map<String, String> config) {
    return config.getOrDefault("database.hostname", "").strip().toLowerCase(Locale.ROOT)
        + ":"
        + config.getOrDefault("database.port", "3306").strip();
  }

  /** What is wrong when another connector reads the same source under this id. */
  static String serverIdTaken(String owner) {
    return "database.server.id: The connector "
        + owner
        + " reads the same source under this id, and MySQL would end one for the other. Remove the"
        + " key, so that each run takes an id of its own, or choose another one.";
  }
}
