package dev.lockstep.apply.schemas;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.schema.TableSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every table schema that has been published, by the data topic that uses it. */
public final class SchemaRegistry {
  private static final Logger log = LoggerFactory.getLogger(SchemaRegistry.class);

  private final Map<String, NavigableMap<Long, TableSchema>> byTopic = new ConcurrentHashMap<>();
  private final Map<String, TableSchema> byKey = new ConcurrentHashMap<>();

  /** Takes a record of the schemas topic. */
  public void accept(String key, byte @Nullable [] value) {
    if (value == null) {
      remove(byKey.remove(key));
      return;
    }
    try {
      TableSchema schema = ControlCodec.decode(value, TableSchema.class);
      byKey.put(key, schema);
      byTopic
          .computeIfAbsent(schema.topic(), topic -> new ConcurrentSkipListMap<>())
          .put(schema.id(), schema);
    } catch (IllegalArgumentException e) {
      // Its table waits for the schema, which is on show there.
      log.atError().setCause(e).addKeyValue("key", key).log("A table schema can't be read");
    }
  }

  private void remove(@Nullable TableSchema schema) {
    if (schema != null) {
      byTopic.getOrDefault(schema.topic(), new ConcurrentSkipListMap<>()).remove(schema.id());
    }
  }

  /** The schema that a record of this topic names. */
  public Optional<TableSchema> find(String topic, long id) {
    NavigableMap<Long, TableSchema> schemas = byTopic.get(topic);
    return schemas == null ? Optional.empty() : Optional.ofNullable(schemas.get(id));
  }

  /** The newest schema of a topic. */
  public Optional<TableSchema> latest(String topic) {
    NavigableMap<Long, TableSchema> schemas = byTopic.get(topic);
    return schemas == null || schemas.isEmpty()
        ? Optional.empty()
        : Optional.of(schemas.lastEntry().getValue());
  }

  /** The newest schema of each table whose rows are in a topic. */
  public Collection<TableSchema> tables(String topic) {
    Map<List<String>, TableSchema> newest = new HashMap<>();
    byTopic
        .getOrDefault(topic, new ConcurrentSkipListMap<>())
        .values()
        .forEach(schema -> newest.put(List.of(schema.database(), schema.table()), schema));
    return newest.values();
  }

  /** All schemas. */
  public Collection<TableSchema> all() {
    return byKey.values();
  }
}
