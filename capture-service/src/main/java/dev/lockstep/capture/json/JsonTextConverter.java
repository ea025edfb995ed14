package dev.lockstep.capture.json;

import io.debezium.data.Json;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's converter for JSON columns, with Debezium's own schema. The stream has a document in
 * MySQL's binary form, of which Debezium makes a text of its own; here it is MySQL's text, which a
 * snapshot gives, so that a row is the same whichever way it came (docs/adr/0010).
 */
public final class JsonTextConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
  @Override
  public void configure(Properties properties) {
    // Nothing to configure: the column tells all.
  }

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    if (column.typeName().equalsIgnoreCase("JSON")) {
      registration.register(Json.builder(), JsonTextConverter::text);
    }
  }

  private static @Nullable Object text(@Nullable Object value) {
    return value instanceof byte[] document ? BinaryJson.text(document) : value;
  }
}
