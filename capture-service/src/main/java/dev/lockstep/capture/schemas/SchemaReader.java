package dev.lockstep.capture.schemas;

import dev.lockstep.capture.exact.TextLiteral;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's columns off the Connect schema of its rows. Debezium puts the source's type there
 * when {@code column.propagate.source.type} covers the column.
 */
final class SchemaReader {
  private static final String PROPAGATED = "__debezium.source.column.";

  private SchemaReader() {}

  /** The columns of a row schema, in its order. */
  static List<Column> columns(Schema row) {
    return row.fields().stream().map(SchemaReader::column).toList();
  }

  /** The names of the key's columns, in the key's order; empty where there is no key. */
  static List<String> key(@Nullable Schema key) {
    return key == null ? List.of() : key.fields().stream().map(Field::name).toList();
  }

  private static Column column(Field field) {
    Schema schema = field.schema();
    Map<String, String> parameters = Objects.requireNonNullElse(schema.parameters(), Map.of());
    return new Column(
        field.name(),
        parameters.getOrDefault(PROPAGATED + "type", "").toUpperCase(Locale.ROOT),
        number(parameters.get(PROPAGATED + "length")),
        number(parameters.get(PROPAGATED + "scale")),
        schema.isOptional(),
        comment(schema),
        new Wire(schema.type().getName(), schema.name(), meaning(parameters)));
  }

  /** A schema's doc is a column's comment, or nothing, as MySqlValueConverters makes sure of. */
  private static @Nullable String comment(Schema schema) {
    String doc = schema.doc();
    return doc == null || doc.isEmpty() ? null : TextLiteral.comment(doc);
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  private static Map<String, String> meaning(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(parameter -> !parameter.getKey().startsWith("__debezium."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
