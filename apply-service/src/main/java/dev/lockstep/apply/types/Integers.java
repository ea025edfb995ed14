package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Whole numbers of 1 to 8 bytes. */
final class Integers {
  private static final BigInteger UINT64_END = BigInteger.ONE.shiftLeft(Long.SIZE);

  private Integers() {}

  static TargetType signed(int width) {
    long max = Long.MAX_VALUE >> (Long.SIZE - 8 * width);
    String name = "Int" + 8 * width;
    return new TargetType(
        name,
        (json, out) -> out.putLittleEndian(between(number(json), -max - 1, max, name), width));
  }

  /**
   * @param wireWidth the bytes of the wire's type. Where it is no wider than the target, the wire
   *     holds large values as negative ones
   */
  static TargetType unsigned(int width, int wireWidth) {
    String name = "UInt" + 8 * width;
    if (wireWidth == width) {
      long max = Long.MAX_VALUE >> (Long.SIZE - 8 * width);
      long min = -max - 1;
      long unsignedMax = width == Long.BYTES ? max : 2 * max + 1;
      return new TargetType(
          name,
          (json, out) -> out.putLittleEndian(between(number(json), min, unsignedMax, name), width));
    }
    long max = (1L << (8 * width)) - 1;
    return new TargetType(
        name, (json, out) -> out.putLittleEndian(between(number(json), 0, max, name), width));
  }

  /** Of a wire that carries a Connect Decimal, as {@code bigint.unsigned.handling.mode=precise}. */
  static TargetType unsigned64FromDecimal() {
    return new TargetType(
        "UInt64",
        (json, out) -> {
          BigInteger value = new BigInteger(Binaries.nonEmpty(json));
          if (value.signum() < 0 || value.compareTo(UINT64_END) >= 0) {
            throw RecordFault.value(value, "is beyond UInt64");
          }
          out.putLittleEndian(value.longValue(), Long.BYTES);
        });
  }

  static TargetType bool() {
    return new TargetType(
        "Bool",
        (json, out) -> {
          switch (json.currentToken()) {
            case VALUE_TRUE -> out.putByte(1);
            case VALUE_FALSE -> out.putByte(0);
            default -> throw RecordFault.value(json.getString(), "is not a boolean");
          }
        });
  }

  static long number(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw RecordFault.value(json.getString(), "is not a whole number");
    }
    return switch (json.getNumberType()) {
      case INT, LONG -> json.getLongValue();
      default -> throw RecordFault.value(json.getString(), "is beyond 64 bits");
    };
  }

  private static long between(long value, long min, long max, String type) {
    if (value < min || value > max) {
      throw RecordFault.value(value, "is beyond " + type);
    }
    return value;
  }
}
