package dev.lockstep.capture.resets;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A place in the stream of changes where a snapshot has read a whole table, or begins to. It is for
 * the publisher and never published.
 *
 * @param table the table as {@code database.table}
 * @param resetBefore rows of a lower version are gone; null for those before the run, which is so
 *     for the initial snapshot; {@link #HERE} for those that were published before this place
 */
public record TableRead(String table, @Nullable Long resetBefore) {
  /** No version is so low. */
  public static final long HERE = 0;

  private static final String TABLE = "table";
  private static final String RESET_BEFORE = "resetBefore";
  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("dev.lockstep.capture.TableRead")
          .field(TABLE, Schema.STRING_SCHEMA)
          .field(RESET_BEFORE, Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  /** What a record of the stream says; empty for other records. */
  static Optional<TableRead> of(SourceRecord item) {
    Schema schema = item.valueSchema();
    return schema != null && SCHEMA.name().equals(schema.name()) && item.value() instanceof Struct s
        ? Optional.of(new TableRead(s.getString(TABLE), s.getInt64(RESET_BEFORE)))
        : Optional.empty();
  }

  /** The record that says so. */
  public SourceRecord at(Map<String, ?> partition, Map<String, ?> offset, String topic) {
    Struct value = new Struct(SCHEMA).put(TABLE, table).put(RESET_BEFORE, resetBefore);
    return new SourceRecord(partition, offset, topic, SCHEMA, value);
  }
}
