package dev.lockstep.common.schema;

import java.util.List;
import java.util.Objects;

/**
 * The columns and the key of one source table at one point of its connector's stream; a value of
 * the schemas topic.
 *
 * @param connector the connector that captured it
 * @param topic the data topic whose records name this schema
 * @param database the source's database
 * @param table the source's table
 * @param id the schema id: the version of the first event that was written with this schema, so
 *     that ids of one table rise in stream order
 * @param columns the columns in the source's order
 * @param key the names of the columns that make a row's key, in the key's order; empty for a table
 *     without one
 */
public record TableSchema(
    String connector,
    String topic,
    String database,
    String table,
    long id,
    List<Column> columns,
    List<String> key) {
  /** Copies the lists. */
  public TableSchema {
    Objects.requireNonNull(connector, "connector");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** The record key in the schemas topic: one record for each schema of each table. */
  public String recordKey() {
    return connector + "/" + topic + "/" + id;
  }

  /** Whether rows of both schemas are written alike: everything but the id is equal. */
  public boolean sameShape(TableSchema other) {
    return equals(
        new TableSchema(
            other.connector,
            other.topic,
            other.database,
            other.table,
            id,
            other.columns,
            other.key));
  }
}
