package dev.lockstep.apply.types;

import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;

/** A column for which there is no target type that holds every value exactly. */
public class UnsupportedColumnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
                remedy(wire)));
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

  /** ClickHouse sorts by no JSON. */
  static UnsupportedColumnException jsonKey(Column column) {
    return new UnsupportedColumnException(
        "Key column %s can't have json JSON, which ClickHouse does not sort by. In its mapping, under columns, give it {\"json\": \"STRING\"}"
            .formatted(column.name()));
  }

  private static String remedy(Wire wire) {
    String semantic = String.valueOf(wire.semantic());
    if (semantic.endsWith(".IsoTime")) {
      return "Set time.precision.mode to adaptive_time_microseconds";
    }
    return switch (wire.type()) {
      case "float64" ->
          "Its values come as floating point and are no longer exact: set decimal.handling.mode to"
              + " precise or string and bigint.unsigned.handling.mode to long or precise";
      case "string" ->
          "Where its values are bytes, set binary.handling.mode to bytes: texts of base64 and hex"
              + " can't be told apart. Else leave the column out with column.exclude.list";
      default -> "Leave the column out with column.exclude.list";
    };
  }
}
