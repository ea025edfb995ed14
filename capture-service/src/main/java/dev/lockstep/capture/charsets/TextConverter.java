package dev.lockstep.capture.charsets;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.sql.Types;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's converter for text columns of a character set that Java does not read as MySQL does.
 * The schema is Debezium's own, a plain string. In the stream, values come as bytes of the column's
 * character set; a text that comes as a string, as from a snapshot, is right already.
 *
 * <p>Debezium decodes with the Java charset that Connector/J names, which differs from MySQL's for
 * most character sets (docs/adr/0010).
 */
public final class TextConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
  private static final Set<Integer> TEXT =
      Set.of(
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.CLOB,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.NCLOB);

  @Override
  public void configure(Properties properties) {
    // Nothing to configure: the column tells all.
  }

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    String charset = column.charsetName();
    if (charset == null || !isText(column)) {
      return;
    }
    MySqlCharsets.decoder(charset)
        .ifPresent(
            decoder ->
                registration.register(SchemaBuilder.string(), value -> text(decoder, value)));
  }

  /** ENUM and SET have the JDBC type of text too, and come as numbers. */
  private static boolean isText(RelationalColumn column) {
    String type = column.typeName().toUpperCase(Locale.ROOT);
    return TEXT.contains(column.jdbcType()) && !type.startsWith("ENUM") && !type.startsWith("SET");
  }

  private static @Nullable Object text(TextDecoder decoder, @Nullable Object value) {
    return value instanceof byte[] bytes ? decoder.read(bytes) : value;
  }
}
