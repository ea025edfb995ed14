package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Whole numbers of 1 to 8 bytes. */
final class Integers {
  private static final BigInteger UINT64_END = BigInteger.ONE.shiftLeft(Long.SIZE);

  private Integers() {}

  /**
   * A wire of booleans has none: who made it took every number but 0 for true.
   *
   * @param width the bytes of the target
   */
  static Optional<TargetType> rule(
      int width, Column column, SourceType source, TypeOptions options) {
    if (isBoolLike(width, column, source)
        && isWhole(column)
        && options.boolLike() == TypeOptions.BoolLike.BOOL) {
      return Optional.of(boolFromNumber());
    }
    return switch (column.wire().type()) {
      case "int8" -> Optional.of(ofWire(width, source, 1));
      case "int16" -> Optional.of(ofWire(width, source, 2));
      case "int32" -> Optional.of(ofWire(width, source, 4));
      case "int64" -> Optional.of(ofWire(width, source, 8));
      case "bytes" ->
          width == 8 && source.unsigned() && Decimals.scaleOf(column.wire()) == 0
              ? Optional.of(unsigned64FromDecimal())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isBoolLike(int width, Column column, SourceType source) {
    boolean declared = column.length() != null && column.length() == 1;
    return width == 1 && (declared || source.name().startsWith("BOOL"));
  }

  private static boolean isWhole(Column column) {
    return column.wire().type().startsWith("int");
  }

  private static TargetType ofWire(int width, SourceType source, int wireWidth) {
    return source.unsigned() ? unsigned(width, wireWidth) : signed(width);
  }

  private static TargetType whole(String name, int width, ValueEncoder encoder) {
    TargetType type = new TargetType(name, encoder).withKeyCodec(Codecs.RISING);
    return width == 1 ? type : type.withCodec(Codecs.WHOLE);
  }

  private static TargetType signed(int width) {
    long max = Long.MAX_VALUE >> (Long.SIZE - 8 * width);
    String name = "Int" + 8 * width;
    return whole(
        name,
        width,
        (json, out) -> out.putLittleEndian(between(number(json), -max - 1, max, name), width));
  }

  /**
   * @param wireWidth the bytes of the wire's type. Where it is no wider than the target, the wire
   *     holds large values as negative ones
   */
  private static TargetType unsigned(int width, int wireWidth) {
    String name = "UInt" + 8 * width;
    if (wireWidth == width) {
      long max = Long.MAX_VALUE >> (Long.SIZE - 8 * width);
      long min = -max - 1;
      long unsignedMax = width == Long.BYTES ? max : 2 * max + 1;
      return whole(
          name,
          width,
          (json, out) -> out.putLittleEndian(between(number(json), min, unsignedMax, name), width));
    }
    long max = (1L << (8 * width)) - 1;
    return whole(
        name,
        width,
        (json, out) -> out.putLittleEndian(between(number(json), 0, max, name), width));
  }

  /** Of a wire that carries a Connect Decimal, as {@code bigint.unsigned.handling.mode=precise}. */
  private static TargetType unsigned64FromDecimal() {
    return whole(
        "UInt64",
        Long.BYTES,
        (json, out) -> {
          BigInteger value = out.takeBigInteger(Binaries.appendNumber(json, out));
          if (value.signum() < 0 || value.compareTo(UINT64_END) >= 0) {
            throw RecordFault.value(value, "is beyond UInt64");
          }
          out.putLittleEndian(value.longValue(), Long.BYTES);
        });
  }

  private static TargetType boolFromNumber() {
    return new TargetType(
        "Bool",
        (json, out) -> {
          long value = number(json);
          if (value != 0 && value != 1) {
            throw RecordFault.value(value, "is neither 0 nor 1: set boolLike to INT8 in a mapping");
          }
          out.putByte((int) value);
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
