package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one table of what a source column becomes. The source's type decides the target's type, the
 * wire decides how its values are read; a pair that is not here is not supported.
 */
public final class TypeRules {
  private static final int MOST_FRACTIONAL_DIGITS = 6;

  private TypeRules() {}

  /**
   * The target of a column.
   *
   * @param options what the table's mapping chose for this column
   * @throws UnsupportedColumnException when there is no exact one, with the way out
   */
  public static TargetColumn target(Column column, TypeOptions options) {
    SourceType source = SourceType.of(column);
    return rule(column, source)
        .orElseThrow(() -> new UnsupportedColumnException(column, remedy(column.wire())))
        .column(column);
  }

  /**
   * The target of a column that is part of the key, where no policy may turn two keys into one.
   *
   * @throws UnsupportedColumnException when there is no exact one, with the way out
   */
  public static TargetColumn keyTarget(Column column, TypeOptions options) {
    return target(column, options);
  }

  private static Optional<TargetType> rule(Column column, SourceType source) {
    Wire wire = column.wire();
    return switch (source.name()) {
      case "TINYINT", "INT1", "BOOL", "BOOLEAN" -> integer(1, source, wire);
      case "SMALLINT", "INT2" -> integer(2, source, wire);
      case "MEDIUMINT", "MIDDLEINT", "INT3", "INT", "INTEGER", "INT4" -> integer(4, source, wire);
      case "BIGINT", "INT8", "SERIAL" -> integer(8, source, wire);
      case "DECIMAL", "DEC", "NUMERIC", "FIXED" -> decimal(column);
      case "FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL" -> floating(wire);
      case "CHAR",
          "CHARACTER",
          "NCHAR",
          "NATIONAL CHAR",
          "NATIONAL CHARACTER",
          "CHAR BINARY",
          "NCHAR BINARY",
          "VARCHAR",
          "CHAR VARYING",
          "CHARACTER VARYING",
          "NVARCHAR",
          "NVARCHAR BINARY",
          "NCHAR VARCHAR",
          "NCHAR VARYING",
          "NATIONAL VARCHAR",
          "NATIONAL CHAR VARYING",
          "NATIONAL CHARACTER VARYING",
          "VARCHAR BINARY",
          "TINYTEXT",
          "TEXT",
          "MEDIUMTEXT",
          "LONGTEXT",
          "TINYTEXT BINARY",
          "TEXT BINARY",
          "MEDIUMTEXT BINARY",
          "LONGTEXT BINARY",
          "LONG",
          "LONG VARCHAR",
          "JSON" ->
          when(is(wire, "string"), Texts.text());
      case "ENUM", "SET", "ENUM BINARY", "SET BINARY" -> when(is(wire, "string"), Texts.repeated());
      case "BINARY",
          "VARBINARY",
          "CHAR BYTE",
          "TINYBLOB",
          "BLOB",
          "MEDIUMBLOB",
          "LONGBLOB",
          "LONG VARBINARY" ->
          when(is(wire, "bytes"), Binaries.bytes());
      case "DATE" -> date(wire);
      case "DATETIME", "TIMESTAMP" -> dateTime(column.length(), wire);
      case "YEAR" -> when(is(wire, "int32"), Times.year());
      default -> Optional.empty();
    };
  }

  private static Optional<TargetType> integer(int width, SourceType source, Wire wire) {
    return switch (wire.type()) {
      case "boolean" -> when(width == 1, Integers.bool());
      case "int8" -> integer(width, source, 1);
      case "int16" -> integer(width, source, 2);
      case "int32" -> integer(width, source, 4);
      case "int64" -> integer(width, source, 8);
      case "bytes" ->
          when(
              width == 8 && source.unsigned() && isConnectDecimal(wire) && scale(wire) == 0,
              Integers.unsigned64FromDecimal());
      default -> Optional.empty();
    };
  }

  private static Optional<TargetType> integer(int width, SourceType source, int wireWidth) {
    return Optional.of(
        source.unsigned() ? Integers.unsigned(width, wireWidth) : Integers.signed(width));
  }

  private static Optional<TargetType> decimal(Column column) {
    int precision = column.length() == null ? 10 : column.length();
    int scale = column.scale() == null ? 0 : column.scale();
    if (precision < 1 || precision > Decimals.MOST_DIGITS || scale < 0 || scale > precision) {
      return Optional.empty();
    }
    Wire wire = column.wire();
    return switch (wire.type()) {
      case "bytes" ->
          when(
              isConnectDecimal(wire) && scale(wire) == scale,
              Decimals.fromUnscaled(precision, scale));
      case "string" -> Optional.of(Decimals.fromText(precision, scale));
      default -> Optional.empty();
    };
  }

  private static Optional<TargetType> floating(Wire wire) {
    return switch (wire.type()) {
      case "float32" -> Optional.of(Floats.single());
      case "float64" -> Optional.of(Floats.twice());
      default -> Optional.empty();
    };
  }

  private static Optional<TargetType> date(Wire wire) {
    return switch (semantic(wire)) {
      case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" ->
          Optional.of(Times.date());
      case "io.debezium.time.IsoDate" -> Optional.of(Times.dateFromText());
      default -> Optional.empty();
    };
  }

  private static Optional<TargetType> dateTime(@Nullable Integer length, Wire wire) {
    int digits = length == null ? 0 : length;
    if (digits < 0 || digits > MOST_FRACTIONAL_DIGITS) {
      return Optional.empty();
    }
    return switch (semantic(wire)) {
      case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
          Optional.of(Times.dateTime(digits, 3));
      case "io.debezium.time.MicroTimestamp" -> Optional.of(Times.dateTime(digits, 6));
      case "io.debezium.time.NanoTimestamp" -> Optional.of(Times.dateTime(digits, 9));
      case "io.debezium.time.ZonedTimestamp", "io.debezium.time.IsoTimestamp" ->
          Optional.of(Times.dateTimeFromText(digits));
      default -> Optional.empty();
    };
  }

  private static String remedy(Wire wire) {
    return switch (wire.type()) {
      case "float64" ->
          "Its values come as floating point and are no longer exact: set decimal.handling.mode to"
              + " precise or string and bigint.unsigned.handling.mode to long or precise";
      case "string" ->
          "Where its values are bytes, set binary.handling.mode to bytes; else leave the column out"
              + " with column.exclude.list";
      default -> "Leave the column out with column.exclude.list";
    };
  }

  private static Optional<TargetType> when(boolean applies, TargetType type) {
    return applies ? Optional.of(type) : Optional.empty();
  }

  private static boolean is(Wire wire, String type) {
    return wire.type().equals(type);
  }

  private static String semantic(Wire wire) {
    return wire.semantic() == null ? "" : wire.semantic();
  }

  private static boolean isConnectDecimal(Wire wire) {
    return semantic(wire).equals("org.apache.kafka.connect.data.Decimal");
  }

  /** The scale of a Connect Decimal, which always stands in its parameters. */
  private static int scale(Wire wire) {
    Map<String, String> parameters = wire.parameters();
    return Integer.parseInt(parameters.getOrDefault("scale", "-1"));
  }
}
