package dev.lockstep.apply.types;

import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.util.Set;

/** A column for which there is no target type that holds every value exactly. */
public class UnsupportedColumnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Set<String> MILLISECONDS =
      Set.of(
          "io.debezium.time.Timestamp",
          "org.apache.kafka.connect.data.Timestamp",
          "io.debezium.time.Time",
          "org.apache.kafka.connect.data.Time");
  private static final Set<String> BYTES =
      Set.of("BINARY", "VARBINARY", "CHAR BYTE", "LONG VARBINARY");
  private static final String LEAVE_OUT =
      "Leave it out with column.exclude.list, or with exclude in a mapping";
  private static final String CONVERTER =
      "Where one of the connector's converters makes this form, take that out. Else leave the column"
          + " out with column.exclude.list, or with exclude in a mapping";

  private UnsupportedColumnException(String message) {
    super(message);
  }

  /** Its type, or the form in which its values come, has no rule. */
  static UnsupportedColumnException of(Column column) {
    Wire wire = column.wire();
    return new UnsupportedColumnException(
        "Column %s of type %s (on the wire %s%s) is not supported. %s"
            .formatted(
                column.name(),
                column.type(),
                wire.type(),
                wire.semantic() == null ? "" : ", " + wire.semantic(),
                remedy(column)));
  }

  /** A policy could write the same key for two rows. */
  static UnsupportedColumnException alteredKey(Column column, TimePolicy policy) {
    String choice = policy.clamps() ? "outOfRange CLAMP" : "zeroDates " + policy.zeroDates().name();
    return new UnsupportedColumnException(
        ("Key column %s of type %s can't have %s, which could make one row of two. In its mapping,"
                + " under columns, give it {\"zeroDates\": \"QUARANTINE\", \"outOfRange\":"
                + " \"QUARANTINE\"}, or {\"outOfRange\": \"STRING\"}, which keeps every value")
            .formatted(column.name(), column.type(), choice));
  }

  /** A mask could write the same key for two rows. */
  static UnsupportedColumnException maskedKey(Column column, ColumnChange change) {
    return new UnsupportedColumnException(
        "Key column %s can't have mask %s, which makes one row of several. Take HASH, which keeps keys apart"
            .formatted(column.name(), change.mask() == null ? "" : change.mask().kind()));
  }

  /** Its values have no text that is theirs alone. */
  static UnsupportedColumnException unhashed(Column column) {
    return new UnsupportedColumnException(
        "Column %s of type %s can't have mask HASH, which is for numbers, texts, bytes, dates and times of day and date. Take REDACT, or exclude it"
            .formatted(column.name(), column.type()));
  }

  /** It has no characters. */
  static UnsupportedColumnException untruncated(Column column) {
    return new UnsupportedColumnException(
        "Column %s of type %s can't have mask TRUNCATE, which is for texts. Take HASH or REDACT, or exclude it"
            .formatted(column.name(), column.type()));
  }

  /** It can't have the type that a mapping gives it. */
  static UnsupportedColumnException retyped(Column column, String possible) {
    return new UnsupportedColumnException(
        "Column %s of type %s can't have the type that its mapping gives it, in which values could come out wrong. It can be %s"
            .formatted(column.name(), column.type(), possible));
  }

  /** One address has several texts. */
  static UnsupportedColumnException severalForms(Column column) {
    return new UnsupportedColumnException(
        "Key column %s can't be IPv6, as texts that differ can be one address, and two rows would be one. Leave it a String"
            .formatted(column.name()));
  }

  /** ClickHouse sorts by no NULL. */
  static UnsupportedColumnException nullableKey(Column column) {
    return new UnsupportedColumnException(
        "Key column %s can't be Nullable. Leave that out of its type".formatted(column.name()));
  }

  /** ClickHouse sorts by no JSON. */
  static UnsupportedColumnException jsonKey(Column column) {
    return new UnsupportedColumnException(
        "Key column %s can't have json JSON, which ClickHouse does not sort by. In its mapping, under columns, give it {\"json\": \"STRING\"}"
            .formatted(column.name()));
  }

  /** ClickHouse groups by no JSON: documents that differ can come out as equal. */
  static UnsupportedColumnException jsonKeyless(Column column) {
    return new UnsupportedColumnException(
        "Column %s of a table without a key can't have json JSON, by which ClickHouse does not tell rows apart. In its mapping, under columns, give it {\"json\": \"STRING\"}, or give the table a key"
            .formatted(column.name()));
  }

  /** No type of this name is known. */
  static UnsupportedColumnException unknown(Column column) {
    return new UnsupportedColumnException(
        "Column %s has the type %s, which is not known. %s"
            .formatted(column.name(), column.type(), LEAVE_OUT));
  }

  private static String remedy(Column column) {
    Wire wire = column.wire();
    String semantic = String.valueOf(wire.semantic());
    if (MILLISECONDS.contains(semantic) || semantic.endsWith(".IsoTime")) {
      return "Its values have lost digits on the way: set time.precision.mode to adaptive_time_microseconds";
    }
    return switch (wire.type()) {
      case "boolean" ->
          "Its numbers come as booleans, true for every one but 0: leave"
              + " TinyIntOneToBooleanConverter out of the connector's converters. For a Bool of 0"
              + " and 1, set boolLike to BOOL in a mapping";
      case "float64" ->
          "Its values come as floating point and are no longer exact: set decimal.handling.mode to"
              + " precise or string and bigint.unsigned.handling.mode to long or precise";
      case "string" ->
          isBytes(column)
              ? "Set binary.handling.mode to bytes: texts of base64 and hex can't be told apart"
              : CONVERTER;
      default -> CONVERTER;
    };
  }

  private static boolean isBytes(Column column) {
    return column.type().endsWith("BLOB") || BYTES.contains(column.type());
  }
}
