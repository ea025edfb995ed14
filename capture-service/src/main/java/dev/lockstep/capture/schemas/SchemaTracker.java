package dev.lockstep.capture.schemas;

import dev.lockstep.common.schema.TableSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Knows the schema that each data topic's rows are written with at this point of the stream, and
 * sees it change. Not thread-safe: one engine owns one, and begins it anew from what is committed
 * at each start.
 */
public final class SchemaTracker {
  private final String connector;
  private final Map<String, Current> byTopic = new HashMap<>();

  /**
   * The Connect schemas are compared by identity first: Debezium keeps one instance until a DDL.
   */
  private record Current(@Nullable Schema value, @Nullable Schema key, TableSchema table) {
    @SuppressWarnings(
        "ReferenceEquality") // equality of two schemas walks all their fields, for each record
    boolean wrote(SourceRecord item) {
      return value == item.valueSchema() && key == item.keySchema();
    }
  }

  /**
   * What a data record is written with.
   *
   * @param schema the schema
   * @param isNew whether it has to be published before the record
   */
  public record Use(TableSchema schema, boolean isNew) {}

  /**
   * Begins with what is already published.
   *
   * @param connector the connector's name
   * @param published the latest schema of each of its topics
   */
  public SchemaTracker(String connector, Collection<TableSchema> published) {
    this.connector = connector;
    published.forEach(table -> byTopic.put(table.topic(), new Current(null, null, table)));
  }

  /**
   * Whether the record is a row's change: an envelope with its table's name. Others carry no
   * schema.
   */
  public static boolean isRowChange(SourceRecord item) {
    Schema schema = item.valueSchema();
    return schema != null
        && schema.name() != null
        && schema.name().endsWith(".Envelope")
        && schema.field("after") != null
        && schema.field("source") != null;
  }

  /**
   * The schema that a row's change is written with.
   *
   * @param item a record for which {@link #isRowChange} holds, with its value
   * @param version the record's version, which becomes the id of a schema that is new
   */
  public Use schemaOf(SourceRecord item, long version) {
    Current current = byTopic.get(item.topic());
    if (current != null && current.wrote(item)) {
      return new Use(current.table, false);
    }
    TableSchema read = read(item, version);
    if (current != null && current.table.sameShape(read)) {
      byTopic.put(item.topic(), new Current(item.valueSchema(), item.keySchema(), current.table));
      return new Use(current.table, false);
    }
    byTopic.put(item.topic(), new Current(item.valueSchema(), item.keySchema(), read));
    return new Use(read, true);
  }

  private TableSchema read(SourceRecord item, long version) {
    Struct source = ((Struct) item.value()).getStruct("source");
    return new TableSchema(
        connector,
        item.topic(),
        source.getString("db"),
        source.getString("table"),
        version,
        SchemaReader.columns(item.valueSchema().field("after").schema()),
        SchemaReader.key(item.keySchema()));
  }
}
