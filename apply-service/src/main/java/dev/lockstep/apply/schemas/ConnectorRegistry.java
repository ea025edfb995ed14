package dev.lockstep.apply.schemas;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which connectors there are and where they publish; nothing else of their configs is kept. */
public final class ConnectorRegistry {
  private static final Logger log = LoggerFactory.getLogger(ConnectorRegistry.class);
  private static final List<String> OTHER_TOPICS =
      List.of("schema.history.internal.kafka.topic", "signal.kafka.topic", "topic.transaction");

  private static final String KEY_COLUMNS = "message.key.columns";

  private final Map<String, Publisher> byName = new ConcurrentHashMap<>();

  /**
   * Where a connector publishes.
   *
   * @param name the connector
   * @param topicPrefix what its data topics begin with
   * @param otherTopics topics of its own that hold no rows
   * @param keyColumns what it has as {@code message.key.columns}; empty where it has none
   */
  public record Publisher(
      String name, String topicPrefix, List<String> otherTopics, String keyColumns) {}

  /** Takes a record of the connectors topic. */
  public void accept(String key, byte @Nullable [] value) {
    if (value == null) {
      byName.remove(key);
      return;
    }
    try {
      ConnectorSpec spec = ControlCodec.decode(value, ConnectorSpec.class);
      if (spec.desiredState() == DesiredState.DELETED) {
        byName.remove(key);
        return;
      }
      Map<String, String> config = spec.config();
      String prefix = config.get("topic.prefix");
      if (prefix != null) {
        List<String> others =
            OTHER_TOPICS.stream().flatMap(option -> Stream.ofNullable(config.get(option))).toList();
        String keyColumns = config.getOrDefault(KEY_COLUMNS, "");
        byName.put(key, new Publisher(key, prefix, others, keyColumns));
      }
    } catch (IllegalArgumentException e) {
      log.atError().addKeyValue("connector", key).log("A connector's record can't be read");
    }
  }

  /** All connectors. */
  public List<Publisher> all() {
    return List.copyOf(byName.values());
  }

  /** Whether this connector exists. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * A schema with the key that tells its rows apart. In DDL Debezium takes a unique index for one
   * even where its columns may be NULL, which as many rows as like may hold; then there is none.
   * What the connector's {@code message.key.columns} names remains the key.
   */
  public TableSchema withTrueKey(TableSchema schema) {
    boolean mayBeNull =
        schema.columns().stream()
            .anyMatch(column -> column.nullable() && schema.key().contains(column.name()));
    Publisher publisher = byName.get(schema.connector());
    return mayBeNull && (publisher == null || !KeyColumns.name(publisher.keyColumns(), schema))
        ? new TableSchema(
            schema.connector(),
            schema.topic(),
            schema.database(),
            schema.table(),
            schema.id(),
            schema.columns(),
            List.of())
        : schema;
  }

  /** The connector to whose prefix a topic belongs. */
  public Optional<Publisher> owner(String topic) {
    return byName.values().stream()
        .filter(publisher -> topic.startsWith(publisher.topicPrefix() + "."))
        .findFirst();
  }
}
