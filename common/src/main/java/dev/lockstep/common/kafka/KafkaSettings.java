package dev.lockstep.common.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * How a service reaches Kafka: the properties {@code lockstep.kafka.*}. A component that is not set
 * takes its default.
 *
 * @param bootstrapServers brokers as {@code host:port,…}; {@code localhost:9092} by default
 * @param topicPrefix the prefix of the control topics; {@code lockstep} by default
 * @param replicationFactor of the control topics; -1, the default, is the broker's own default
 * @param properties further properties of Kafka's clients as they are, such as {@code
 *     security.protocol}
 */
public record KafkaSettings(
    String bootstrapServers,
    String topicPrefix,
    Short replicationFactor,
    Map<String, String> properties) {
  /** Fills in the defaults for what the binder passes as null. */
  public KafkaSettings {
    bootstrapServers = bootstrapServers == null ? "localhost:9092" : bootstrapServers;
    topicPrefix = topicPrefix == null ? "lockstep" : topicPrefix;
    replicationFactor = replicationFactor == null ? Short.valueOf((short) -1) : replicationFactor;
    properties = properties == null ? Map.of() : Map.copyOf(properties);
  }

  /** Settings for a Kafka that needs nothing but an address. */
  public static KafkaSettings at(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, "lockstep", (short) -1, Map.of());
  }

  /** The control topics' names. */
  public TopicNames topics() {
    return new TopicNames(topicPrefix);
  }

  /** A new map of client properties for this Kafka, to which a client adds its own. */
  public Map<String, Object> clientProperties() {
    Map<String, Object> client = new HashMap<>(properties);
    client.put("bootstrap.servers", bootstrapServers);
    return client;
  }

  /** Without the further properties, which may hold secrets. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers="
        + bootstrapServers
        + ", topicPrefix="
        + topicPrefix
        + "]";
  }
}
