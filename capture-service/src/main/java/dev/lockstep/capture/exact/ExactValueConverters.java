package dev.lockstep.capture.exact;

import io.debezium.config.CommonConnectorConfig.BinaryHandlingMode;
import io.debezium.config.CommonConnectorConfig.EventConvertingFailureHandlingMode;
import io.debezium.connector.binlog.jdbc.BinlogValueConverters;
import io.debezium.jdbc.TemporalPrecisionMode;
import io.debezium.relational.Column;
import io.debezium.service.spi.ServiceRegistry;
import java.time.Year;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjuster;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's conversions for MySQL and MariaDB, with the options of ENUM and SET as the server
 * understands their DDL, years that nobody adjusts, and geometries with comments and NOT NULL.
 */
public abstract class ExactValueConverters extends BinlogValueConverters {
  /** As Debezium's own. */
  protected ExactValueConverters(
      DecimalMode decimalMode,
      TemporalPrecisionMode temporalPrecisionMode,
      BigIntUnsignedMode bigIntUnsignedMode,
      BinaryHandlingMode binaryMode,
      TemporalAdjuster adjuster,
      EventConvertingFailureHandlingMode eventConvertingFailureHandlingMode,
      ServiceRegistry serviceRegistry) {
    super(
        decimalMode,
        temporalPrecisionMode,
        bigIntUnsignedMode,
        binaryMode,
        adjuster,
        eventConvertingFailureHandlingMode,
        serviceRegistry);
  }

  /** The options as a row holds them: MySQL strips the spaces at their end. */
  @Override
  protected List<String> extractEnumAndSetOptions(Column column) {
    boolean binary = "binary".equalsIgnoreCase(column.charsetName());
    return column.enumValues().stream()
        .map(TextLiteral::text)
        .map(option -> binary ? option : withoutSpacesAtEnd(option))
        .toList();
  }

  private static String withoutSpacesAtEnd(String option) {
    int end = option.length();
    while (end > 0 && option.charAt(end - 1) == ' ') {
      end--;
    }
    return option.substring(0, end);
  }

  /** The schema's parameter {@code allowed}: a comma within an option has a backslash before it. */
  @Override
  protected String extractEnumAndSetOptionsAsString(Column column) {
    return extractEnumAndSetOptions(column).stream()
        .map(option -> option.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }

  /** A row's year is what it is; only those of a DDL's default may have two digits. */
  @Override
  protected @Nullable Object convertYearToInt(
      Column column, Field fieldDefn, @Nullable Object data) {
    return data instanceof Year year
        ? (Object) year.getValue()
        : super.convertYearToInt(column, fieldDefn, data);
  }

  /**
   * The text that Debezium's formatter would give, without making that formatter anew each time.
   */
  @Override
  protected @Nullable Object convertTimestampWithZone(
      Column column, Field fieldDefn, @Nullable Object data) {
    String text = data instanceof ZonedDateTime time ? UtcText.of(time, column.length()) : null;
    return text == null ? super.convertTimestampWithZone(column, fieldDefn, data) : text;
  }

  /**
   * A geometry's without Debezium's own doc, for a field's doc is the column's comment or nothing,
   * and optional where the column is, where Debezium's always are.
   */
  @Override
  public @Nullable SchemaBuilder schemaBuilder(Column column) {
    SchemaBuilder given = super.schemaBuilder(column);
    if (given == null || given.doc() == null) {
      return given;
    }
    var builder = new SchemaBuilder(given.type()).name(given.name()).version(given.version());
    given.fields().forEach(field -> builder.field(field.name(), field.schema()));
    return builder;
  }
}
