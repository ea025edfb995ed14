package dev.lockstep.capture.engine;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debezium's properties for a connector: what the operator gave, over Lockstep's defaults, under
 * what Lockstep needs.
 */
public final class EngineConfig {
  private static final String HISTORY = "schema.history.internal.";

  /** Where Debezium's own defaults cost latency or memory. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "max.batch.size", "8192",
          "max.queue.size", "32768",
          "max.queue.size.in.bytes", String.valueOf(64 * 1024 * 1024),
          "poll.interval.ms", "10",
          "snapshot.fetch.size", "10240",
          "executor.shutdown.timeout.ms", "1000",
          // Keeps the offset moving while captured tables rest, so that the binlog is not purged
          // past it.
          "heartbeat.interval.ms", "10000",
          "snapshot.mode", "initial");

  private EngineConfig() {}

  /** The properties to create an engine with. They hold secrets: never log them. */
  public static Properties of(
      ConnectorSpec spec, Optional<SourceOffset> committed, KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.putAll(DEFAULTS);
    properties.putAll(spec.config());
    properties.setProperty("name", spec.name());
    // The schema of each row carries the source's types, which the target table is made from.
    properties.setProperty("column.propagate.source.type", ".*");
    // A failure ends the engine, and its supervisor begins again from the committed offset and
    // tells why.
    properties.setProperty("errors.max.retries", "0");
    ValueConverters.addTo(properties);
    schemaHistory(properties, spec, kafka);
    properties.setProperty("offset.storage", SeededOffsetStore.class.getName());
    committed.ifPresent(offset -> seed(properties, offset));
    return properties;
  }

  private static void schemaHistory(
      Properties properties, ConnectorSpec spec, KafkaSettings kafka) {
    properties.setProperty(
        "schema.history.internal", "io.debezium.storage.kafka.history.KafkaSchemaHistory");
    properties.setProperty(HISTORY + "kafka.bootstrap.servers", kafka.bootstrapServers());
    properties.putIfAbsent(HISTORY + "kafka.topic", kafka.topics().schemaHistory(spec.name()));
    kafka
        .properties()
        .forEach(
            (key, value) -> {
              properties.setProperty(HISTORY + "producer." + key, value);
              properties.setProperty(HISTORY + "consumer." + key, value);
            });
  }

  private static void seed(Properties properties, SourceOffset offset) {
    JsonMapper json = JsonMapper.shared();
    properties.setProperty(
        SeededOffsetStore.PARTITION, json.writeValueAsString(offset.partition()));
    properties.setProperty(SeededOffsetStore.OFFSET, json.writeValueAsString(offset.offset()));
  }
}
