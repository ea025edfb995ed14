package dev.lockstep.capture.preflight;

import io.debezium.data.Envelope;
import io.debezium.data.Json;
import io.debezium.relational.TableId;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The insert of a row that a table could have, as Debezium would give it with its default settings:
 * the columns' names and types are the table's, the values are made up.
 */
final class MadeUpRow {
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .name("io.debezium.connector.mysql.Source")
          .field("version", Schema.OPTIONAL_STRING_SCHEMA)
          .field("connector", Schema.OPTIONAL_STRING_SCHEMA)
          .field("name", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
          .field("db", Schema.OPTIONAL_STRING_SCHEMA)
          .field("table", Schema.OPTIONAL_STRING_SCHEMA)
          .field("server_id", Schema.OPTIONAL_INT64_SCHEMA)
          .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
          .field("file", Schema.OPTIONAL_STRING_SCHEMA)
          .field("pos", Schema.OPTIONAL_INT64_SCHEMA)
          .field("row", Schema.OPTIONAL_INT32_SCHEMA)
          .field("thread", Schema.OPTIONAL_INT64_SCHEMA)
          .field("query", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private MadeUpRow() {}

  /**
   * The insert.
   *
   * @param prefix the connector's {@code topic.prefix}
   * @param columns each column's type as {@code information_schema.columns} has it in {@code
   *     column_type}, by name
   */
  static SourceRecord inserted(String prefix, TableId table, Map<String, String> columns) {
    String topic = prefix + "." + SourceTables.topic(table);
    SchemaBuilder fields = SchemaBuilder.struct().optional().name(topic + ".Value");
    columns.forEach((name, type) -> fields.field(name, schema(type)));
    Schema schema = fields.build();
    Struct row = new Struct(schema);
    schema.fields().forEach(field -> row.put(field, value(field)));
    Envelope envelope =
        Envelope.defineSchema()
            .withName(Envelope.schemaName(topic))
            .withRecord(schema)
            .withSource(SOURCE)
            .build();
    Struct source =
        new Struct(SOURCE)
            .put("connector", "mysql")
            .put("name", prefix)
            .put("db", table.catalog())
            .put("table", table.table());
    return new SourceRecord(
        Map.of(),
        Map.of(),
        topic,
        schema,
        row,
        envelope.schema(),
        envelope.create(row, source, Instant.EPOCH));
  }

  private static Schema schema(String type) {
    boolean unsigned = type.contains("unsigned");
    String name = type.replaceFirst("[( ].*", "");
    return switch (name) {
      case "tinyint", "smallint" -> unsigned ? Schema.INT32_SCHEMA : Schema.INT16_SCHEMA;
      case "mediumint", "year" -> Schema.INT32_SCHEMA;
      case "int" -> unsigned ? Schema.INT64_SCHEMA : Schema.INT32_SCHEMA;
      case "bigint" -> Schema.INT64_SCHEMA;
      case "float" -> Schema.FLOAT32_SCHEMA;
      case "double" -> Schema.FLOAT64_SCHEMA;
      case "decimal" -> Decimal.schema(0);
      case "json" -> Json.schema();
      case "date" -> Date.schema();
      case "time" -> MicroTime.schema();
      case "datetime" ->
          type.matches("datetime(\\([1-3]\\))?") ? Timestamp.schema() : MicroTimestamp.schema();
      case "timestamp" -> ZonedTimestamp.schema();
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" ->
          Schema.STRING_SCHEMA;
      default -> Schema.BYTES_SCHEMA;
    };
  }

  private static Object value(Field field) {
    Schema schema = field.schema();
    if (Decimal.LOGICAL_NAME.equals(schema.name())) {
      return BigDecimal.ONE;
    }
    if (ZonedTimestamp.SCHEMA_NAME.equals(schema.name())) {
      return "1970-01-01T00:00:00Z";
    }
    return switch (schema.type()) {
      case INT16 -> (short) 1;
      case INT32 -> 1;
      case INT64 -> 1L;
      case FLOAT32 -> 1f;
      case FLOAT64 -> 1d;
      case STRING -> Json.LOGICAL_NAME.equals(schema.name()) ? "{}" : "x";
      default -> ByteBuffer.wrap(new byte[] {1});
    };
  }
}
