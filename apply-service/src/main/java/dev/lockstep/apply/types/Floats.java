package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.schema.Column;
import java.util.Optional;
import tools.jackson.core.JsonParser;

/** Binary floating point numbers. */
final class Floats {
  /** FLOAT(p) of a higher precision is a DOUBLE in MySQL. */
  private static final int MOST_BITS_OF_A_FLOAT = 24;

  private Floats() {}

  /** FLOAT; one with declared digits comes as a double that holds the float's value. */
  static Optional<TargetType> single(Column column) {
    Integer bits = column.scale() == null ? column.length() : null;
    boolean isDouble = bits != null && bits > MOST_BITS_OF_A_FLOAT;
    return switch (column.wire().type()) {
      case "float32" -> Optional.of(new TargetType("Float32", Floats::putFloat));
      case "float64" ->
          Optional.of(isDouble ? new TargetType("Float64", Floats::putDouble) : narrowed());
      default -> Optional.empty();
    };
  }

  static Optional<TargetType> twice(Column column) {
    return switch (column.wire().type()) {
      case "float32", "float64" -> Optional.of(new TargetType("Float64", Floats::putDouble));
      default -> Optional.empty();
    };
  }

  private static TargetType narrowed() {
    return new TargetType(
        "Float32",
        (json, out) -> {
          double value = readDouble(json);
          if (Double.compare((float) value, value) != 0) {
            throw RecordFault.value(value, "is not a value of Float32");
          }
          out.putLittleEndian(Float.floatToRawIntBits((float) value), Float.BYTES);
        });
  }

  /** A FLOAT's value, of which a double has each. */
  static TargetType widened() {
    return new TargetType(
        "Float64",
        (json, out) ->
            out.putLittleEndian(Double.doubleToRawLongBits(readFloat(json)), Double.BYTES));
  }

  private static void putFloat(JsonParser json, RowBuffer out) {
    out.putLittleEndian(Float.floatToRawIntBits(readFloat(json)), Float.BYTES);
  }

  private static void putDouble(JsonParser json, RowBuffer out) {
    out.putLittleEndian(Double.doubleToRawLongBits(readDouble(json)), Double.BYTES);
  }

  /** The nearest float to the text, which is read where it lies. */
  static float readFloat(JsonParser json) {
    requireNumber(json);
    float value =
        FloatTexts.toFloat(
            json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    if (Float.isInfinite(value)) {
      throw RecordFault.value(json.getString(), "is beyond Float32");
    }
    return value;
  }

  private static double readDouble(JsonParser json) {
    requireNumber(json);
    double value =
        FloatTexts.toDouble(
            json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    if (Double.isInfinite(value)) {
      throw RecordFault.value(json.getString(), "is beyond Float64");
    }
    return value;
  }

  private static void requireNumber(JsonParser json) {
    if (!json.currentToken().isNumeric()) {
      throw RecordFault.value(json.getString(), "is not a number");
    }
  }
}
