package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import tools.jackson.core.JsonParser;

/** Binary floating point numbers. */
final class Floats {
  private Floats() {}

  static TargetType single() {
    return new TargetType(
        "Float32",
        (json, out) -> {
          float value = numeric(json).getFloatValue();
          if (Float.isInfinite(value)) {
            throw RecordFault.value(json.getString(), "is beyond Float32");
          }
          out.putLittleEndian(Float.floatToRawIntBits(value), Float.BYTES);
        });
  }

  static TargetType twice() {
    return new TargetType(
        "Float64",
        (json, out) -> {
          double value = numeric(json).getDoubleValue();
          if (Double.isInfinite(value)) {
            throw RecordFault.value(json.getString(), "is beyond Float64");
          }
          out.putLittleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
        });
  }

  private static JsonParser numeric(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json;
      default -> throw RecordFault.value(json.getString(), "is not a number");
    };
  }
}
