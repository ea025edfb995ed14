package dev.lockstep.capture.encode;

import dev.lockstep.capture.charsets.UndecodableText;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * default stays null. The marker of a zero date is written as Debezium's documentation says for the
 * date itself: null where the column may be NULL, else 1970-01-01. The marker of an undecodable
 * text is written as MySQL would show it.
 *
 * <p>Field names are encoded once for each struct schema. Not thread-safe: one engine owns one.
 */
public final class ConnectJson {
  /**
   * Schemas come anew with each DDL and each start of an engine; far above what one connector has
   * at a time.
   */
  private static final int MAX_LAYOUTS = 50_000;

  private final int maxLayouts;
  private final JsonFactory factory =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(8 * 1024);
  private final IdentityHashMap<Schema, Layout> layouts = new IdentityHashMap<>();
  private final FoundByImage zeroDates = new FoundByImage();
  private final FoundByImage undecodable = new FoundByImage();
  private int depth;

  /** The field of the outermost struct that is being written. */
  private String part = "";

  /** A field with its name as UTF-8 JSON, and the form of its values where they are dates. */
  private record Entry(Field field, SerializedString name, @Nullable TemporalForm form) {
    static Entry of(Field field) {
      return new Entry(field, new SerializedString(field.name()), TemporalForm.of(field.schema()));
    }
  }

  /** A struct schema's fields. */
  private record Layout(List<Entry> entries) {
    static Layout of(Schema schema) {
      return new Layout(schema.fields().stream().map(Entry::of).toList());
    }
  }

  /** For as many struct schemas as a connector's tables have. */
  public ConnectJson() {
    this(MAX_LAYOUTS);
  }

  /** Which keeps the field names of so many struct schemas at most. */
  public ConnectJson(int maxLayouts) {
    this.maxLayouts = maxLayouts;
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
    zeroDates.clear();
    undecodable.clear();
    depth = 0;
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), buffer)) {
      write(json, schema, value);
    }
    return buffer.toByteArray();
  }

  /** The zero dates in the rows of the value that was encoded last, an envelope. */
  public ZeroDates zeroDates() {
    return zeroDates.all(ZeroDates.NONE, ZeroDates::new);
  }

  /** The texts there with bytes that stand for no character. */
  public Undecodable undecodable() {
    return undecodable.all(Undecodable.NONE, Undecodable::new);
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
    depth++;
    json.writeStartObject();
    for (int i = 0; i < layout.entries().size(); i++) {
      Entry entry = layout.entries().get(i);
      if (depth == 1) {
        part = entry.field().name();
      }
      json.writeName(entry.name());
      writeField(json, entry, valueOf(struct, entry.field()));
    }
    json.writeEndObject();
    depth--;
  }

  private void writeField(JsonGenerator json, Entry entry, @Nullable Object value) {
    if (value instanceof String text && UndecodableText.isMarker(text)) {
      UndecodableText found = UndecodableText.of(text);
      undecodable.add(part, entry.field().name(), found.hex());
      json.writeString(found.shown());
      return;
    }
    TemporalForm form = entry.form();
    LocalDateTime marker = form == null || value == null ? null : form.marker(value);
    if (form == null || marker == null) {
      write(json, entry.field().schema(), value);
      return;
    }
    zeroDates.add(part, entry.field().name(), form.text(marker, digits(entry.field().schema())));
    if (entry.field().schema().isOptional()) {
      json.writeNull();
    } else {
      form.writeEpoch(json);
    }
  }

  /** The fractional digits that the column declares. */
  private static int digits(Schema schema) {
    Map<String, String> parameters = Objects.requireNonNullElse(schema.parameters(), Map.of());
    return Integer.parseInt(parameters.getOrDefault("__debezium.source.column.length", "0"));
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
      if (layouts.size() >= maxLayouts) {
        layouts.clear();
      }
      layout = Layout.of(schema);
      layouts.put(schema, layout);
    }
    return layout;
  }
}
