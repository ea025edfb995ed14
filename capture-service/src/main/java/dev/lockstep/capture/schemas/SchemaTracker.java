package dev.lockstep.capture.schemas;

import dev.lockstep.common.schema.TableSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Knows the schema that each table's rows are written with at this point of the stream, and sees it
 * change. Several tables can share a topic, for a topic's name has fewer characters than a table's.
 * Not thread-safe: one engine owns one, and begins it anew from what is committed at each start.
 */
public final class SchemaTracker {
  private final String connector;
  private final Map<Source, TableSchema> byTable = new HashMap<>();

  /** Debezium keeps one instance of a table's Connect schemas until a DDL. */
  private final IdentityHashMap<Schema, Written> byInstance = new IdentityHashMap<>();

  /** Above this, schemas that DDL has replaced are let go, and those in use are read again. */
  private static final int MAX_INSTANCES = 20_000;

  /** A table with the topic that its rows go to. */
  private record Source(String topic, String database, String table) {
    static Source of(TableSchema schema) {
      return new Source(schema.topic(), schema.database(), schema.table());
    }
  }

  /** The table's schema that rows with this pair of Connect schemas are written with. */
  private record Written(@Nullable Schema key, Use use) {
    @SuppressWarnings(
        "ReferenceEquality") // equality of two schemas walks all their fields, for each record
    boolean by(@Nullable Schema other, String topic) {
      return key == other && use.schema.topic().equals(topic);
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
   * @param published the latest schema of each of its tables
   */
  public SchemaTracker(String connector, Collection<TableSchema> published) {
    this.connector = connector;
    published.forEach(schema -> byTable.put(Source.of(schema), schema));
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
    return schemaOf(item, item.keySchema(), version);
  }

  /**
   * The same for a record whose key has been altered.
   *
   * @param key the schema of the table's own key; null where it has none
   */
  public Use schemaOf(SourceRecord item, @Nullable Schema key, long version) {
    Written written = byInstance.get(item.valueSchema());
    if (written != null && written.by(key, item.topic())) {
      return written.use;
    }
    TableSchema read = read(item, key, version);
    TableSchema latest = byTable.get(Source.of(read));
    if (latest != null && latest.sameShape(read)) {
      remember(item, key, latest);
      return new Use(latest, false);
    }
    byTable.put(Source.of(read), read);
    remember(item, key, read);
    return new Use(read, true);
  }

  private void remember(SourceRecord item, @Nullable Schema key, TableSchema schema) {
    if (byInstance.size() >= MAX_INSTANCES) {
      byInstance.clear();
    }
    byInstance.put(item.valueSchema(), new Written(key, new Use(schema, false)));
  }

  private TableSchema read(SourceRecord item, @Nullable Schema key, long version) {
    Struct source = ((Struct) item.value()).getStruct("source");
    return new TableSchema(
        connector,
        item.topic(),
        source.getString("db"),
        source.getString("table"),
        version,
        SchemaReader.columns(item.valueSchema().field("after").schema()),
        SchemaReader.key(key));
  }
}
