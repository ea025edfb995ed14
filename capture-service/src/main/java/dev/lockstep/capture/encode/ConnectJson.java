package dev.lockstep.capture.encode;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes keys and values as Kafka Connect's {@code JsonConverter} does with {@code
 * schemas.enable=false} and {@code replace.null.with.default=false}: a NULL in a column that has a
 * default stays null.
 *
 * <p>Field names are encoded once for each struct schema. Not thread-safe: one engine owns one.
 */
public final class ConnectJson {
  /**
   * Schemas come anew with each DDL and each start of an engine; far above what one connector has
   * at a time.
   */
  private static final int MAX_LAYOUTS = 50_000;

  private final JsonFactory factory =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(8 * 1024);
  private final IdentityHashMap<Schema, Layout> layouts = new IdentityHashMap<>();

  /** A struct schema's fields with their names as UTF-8 JSON. */
  private record Layout(List<Field> fields, List<SerializedString> names) {
    static Layout of(Schema schema) {
      return new Layout(
          schema.fields(),
          schema.fields().stream().map(field -> new SerializedString(field.name())).toList());
    }
  }

  /**
   * The JSON of a value, or null for null (a tombstone).
   *
   * @throws DataException when the value is not of its schema
   */
  public byte @Nullable [] encode(@Nullable Schema schema, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    buffer.reset();
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), buffer)) {
      write(json, schema, value);
    }
    return buffer.toByteArray();
  }

  private void write(JsonGenerator json, @Nullable Schema schema, @Nullable Object value) {
    if (value == null) {
      json.writeNull();
    } else if (schema == null) {
      throw new DataException("A value without a schema can't be written: " + value.getClass());
    } else if (schema.name() == null || !writeLogical(json, schema, value)) {
      writePlain(json, schema, value);
    }
  }

  private static boolean writeLogical(JsonGenerator json, Schema schema, Object value) {
    switch (schema.name()) {
      case Decimal.LOGICAL_NAME ->
          json.writeBinary(Decimal.fromLogical(schema, (BigDecimal) value));
      case Date.LOGICAL_NAME -> json.writeNumber(Date.fromLogical(schema, (java.util.Date) value));
      case Time.LOGICAL_NAME -> json.writeNumber(Time.fromLogical(schema, (java.util.Date) value));
      case Timestamp.LOGICAL_NAME ->
          json.writeNumber(Timestamp.fromLogical(schema, (java.util.Date) value));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void writePlain(JsonGenerator json, Schema schema, Object value) {
    switch (schema.type()) {
      case INT8, INT16, INT32 -> json.writeNumber(((Number) value).intValue());
      case INT64 -> json.writeNumber(((Number) value).longValue());
      case FLOAT32 -> json.writeNumber(((Number) value).floatValue());
      case FLOAT64 -> json.writeNumber(((Number) value).doubleValue());
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case STRING -> json.writeString(value.toString());
      case BYTES -> writeBytes(json, value);
      case ARRAY -> writeArray(json, schema.valueSchema(), (Collection<?>) value);
      case MAP -> writeMap(json, schema, (Map<?, ?>) value);
      case STRUCT -> writeStruct(json, (Struct) value);
    }
  }

  private static void writeBytes(JsonGenerator json, Object value) {
    switch (value) {
      case byte[] bytes -> json.writeBinary(bytes);
      case ByteBuffer bytes -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        json.writeBinary(copy);
      }
      default -> throw new DataException("Not bytes: " + value.getClass());
    }
  }

  private void writeArray(JsonGenerator json, Schema elements, Collection<?> values) {
    json.writeStartArray();
    for (Object value : values) {
      write(json, elements, value);
    }
    json.writeEndArray();
  }

  private void writeMap(JsonGenerator json, Schema schema, Map<?, ?> values) {
    boolean named = schema.keySchema().type() == Schema.Type.STRING;
    if (named) {
      json.writeStartObject();
      values.forEach(
          (key, value) -> {
            json.writeName((String) key);
            write(json, schema.valueSchema(), value);
          });
      json.writeEndObject();
    } else {
      json.writeStartArray();
      values.forEach(
          (key, value) -> {
            json.writeStartArray();
            write(json, schema.keySchema(), key);
            write(json, schema.valueSchema(), value);
            json.writeEndArray();
          });
      json.writeEndArray();
    }
  }

  private void writeStruct(JsonGenerator json, Struct struct) {
    Layout layout = layout(struct.schema());
    json.writeStartObject();
    for (int i = 0; i < layout.fields().size(); i++) {
      Field field = layout.fields().get(i);
      json.writeName(layout.names().get(i));
      write(json, field.schema(), valueOf(struct, field));
    }
    json.writeEndObject();
  }

  /**
   * {@link Struct#get(Field)} is an index but gives the default for a NULL; only then is the
   * look-up by name needed.
   */
  @SuppressWarnings(
      "ReferenceEquality") // the default itself is given, so that another equal value is a real one
  private static @Nullable Object valueOf(Struct struct, Field field) {
    Object value = struct.get(field);
    return value != null && value == field.schema().defaultValue()
        ? struct.getWithoutDefault(field.name())
        : value;
  }

  private Layout layout(Schema schema) {
    Layout layout = layouts.get(schema);
    if (layout == null) {
      if (layouts.size() >= MAX_LAYOUTS) {
        layouts.clear();
      }
      layout = Layout.of(schema);
      layouts.put(schema, layout);
    }
    return layout;
  }
}
