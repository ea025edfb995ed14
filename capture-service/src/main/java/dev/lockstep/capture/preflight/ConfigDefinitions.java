package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.preflight.ConfigDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;

/** What a connector's config can have: Kafka Connect's keys for every source, then Debezium's. */
final class ConfigDefinitions {
  private ConfigDefinitions() {}

  /** Of the connector class that a config names, or else of MySQL's. */
  static List<ConfigDefinition> all(Map<String, String> config) {
    Map<String, ConfigKey> keys =
        new LinkedHashMap<>(SourceConnectorConfig.configDef().configKeys());
    keys.putAll(SourceKind.of(config).orElse(SourceKind.MYSQL).definitions().configKeys());
    return keys.values().stream().map(ConfigDefinitions::definition).toList();
  }

  private static ConfigDefinition definition(ConfigKey key) {
    return new ConfigDefinition(
        key.name,
        key.type.name(),
        !key.hasDefault(),
        key.hasDefault() ? ConfigDef.convertToString(key.defaultValue, key.type) : null,
        key.importance.name(),
        Objects.requireNonNullElse(key.documentation, ""),
        key.group,
        key.orderInGroup,
        key.width.name(),
        key.displayName,
        key.dependents);
  }
}
