package dev.lockstep.apply.schemas;

import dev.lockstep.common.schema.TableSchema;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are void: those that are older than a reset of their table. Only ever more become so.
 */
public final class Resets {
  private final ResetRegistry registry = new ResetRegistry();
  private final SchemaRegistry schemas;
  private final ConnectorRegistry connectors;
  private volatile Map<String, Long> markByTopic = new ConcurrentHashMap<>();

  Resets(SchemaRegistry schemas, ConnectorRegistry connectors) {
    this.schemas = schemas;
    this.connectors = connectors;
  }

  void accept(String key, byte @Nullable [] value) {
    registry.accept(key, value);
    changed();
  }

  /** To be called after something changed that these depend on. */
  void changed() {
    markByTopic = new ConcurrentHashMap<>();
  }

  /**
   * Below which version rows of a schema are void; 0 where none are. What a connector had published
   * before it was deleted is void by the snapshot of its successor, whatever its name.
   */
  public long before(TableSchema schema) {
    String table = schema.database() + "." + schema.table();
    return connectors.contains(schema.connector())
        ? registry.before(table, schema.connector())
        : registry.before(table);
  }

  /**
   * A number that changes when a table of a topic is reset; 0 where none is. It is their sum, as
   * tables of one snapshot have the same.
   */
  public long mark(String topic) {
    // What changes while it is looked for makes another map, so that the next call looks again.
    return markByTopic.computeIfAbsent(
        topic, t -> schemas.tables(t).stream().map(this::before).reduce(0L, Long::sum));
  }

  /** The other connectors that have published rows of the same table, deleted ones too. */
  public Set<String> others(TableSchema schema) {
    return schemas.all().stream()
        .filter(
            other ->
                other.database().equals(schema.database()) && other.table().equals(schema.table()))
        .map(TableSchema::connector)
        .filter(connector -> !connector.equals(schema.connector()))
        .collect(Collectors.toSet());
  }
}
