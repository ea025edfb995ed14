package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Exact decimals of up to 76 digits. */
final class Decimals {
  private static final int MOST_DIGITS = 76;
  private static final int MOST_DIGITS_OF_A_LONG = 18;

  private Decimals() {}

  static Optional<TargetType> rule(Column column) {
    int precision = column.length() == null ? 10 : column.length();
    int scale = column.scale() == null ? 0 : column.scale();
    if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
      return Optional.empty();
    }
    return switch (column.wire().type()) {
      case "bytes" ->
          scaleOf(column.wire()) == scale
              ? Optional.of(fromUnscaled(precision, scale))
              : Optional.empty();
      case "string" -> Optional.of(fromText(precision, scale));
      default -> Optional.empty();
    };
  }

  /** The scale of a Connect Decimal, which always stands in its parameters; -1 of others. */
  static int scaleOf(Wire wire) {
    boolean isDecimal = "org.apache.kafka.connect.data.Decimal".equals(wire.semantic());
    return isDecimal ? Integer.parseInt(wire.parameters().getOrDefault("scale", "-1")) : -1;
  }

  /** Of the wire's unscaled number as Base64. */
  private static TargetType fromUnscaled(int precision, int scale) {
    int width = width(precision);
    BigInteger end = BigInteger.TEN.pow(precision);
    long endOfLong = precision <= MOST_DIGITS_OF_A_LONG ? end.longValueExact() : Long.MAX_VALUE;
    return type(
        precision,
        scale,
        (json, out) -> {
          int length = Binaries.appendNumber(json, out);
          if (length <= Long.BYTES) {
            long value = out.takeBigEndian(length);
            if ((value >= endOfLong || value <= -endOfLong) && precision <= MOST_DIGITS_OF_A_LONG) {
              checkRange(BigInteger.valueOf(value), end, precision, scale);
            }
            putLong(out, value, width);
          } else {
            BigInteger value = out.takeBigInteger(length);
            checkRange(value, end, precision, scale);
            out.putSignExtended(value.toByteArray(), width);
          }
        });
  }

  private static TargetType type(int precision, int scale, ValueEncoder encoder) {
    String codec = precision <= MOST_DIGITS_OF_A_LONG ? Codecs.WHOLE : null;
    return new TargetType(name(precision, scale), encoder).withCodec(codec);
  }

  /** Of the wire's decimal text, as {@code decimal.handling.mode=string}. */
  private static TargetType fromText(int precision, int scale) {
    int width = width(precision);
    BigInteger end = BigInteger.TEN.pow(precision);
    return type(
        precision,
        scale,
        (json, out) -> {
          BigInteger value = unscaled(json, scale);
          checkRange(value, end, precision, scale);
          out.putSignExtended(value.toByteArray(), width);
        });
  }

  private static BigInteger unscaled(JsonParser json, int scale) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw RecordFault.value(json.getString(), "is not a decimal as text");
    }
    String text = json.getString();
    try {
      return new BigDecimal(text).setScale(scale).unscaledValue();
    } catch (NumberFormatException e) {
      throw RecordFault.value(text, "is not a decimal");
    } catch (ArithmeticException e) {
      throw RecordFault.value(text, "has more than " + scale + " fractional digits");
    }
  }

  private static void checkRange(BigInteger value, BigInteger end, int precision, int scale) {
    if (value.abs().compareTo(end) >= 0) {
      throw RecordFault.value(
          new BigDecimal(value, scale).toPlainString(), "is beyond " + name(precision, scale));
    }
  }

  private static void putLong(RowBuffer out, long value, int width) {
    out.putLittleEndian(value, Math.min(width, Long.BYTES));
    for (int written = Long.BYTES; written < width; written += Long.BYTES) {
      out.putLittleEndian(value < 0 ? -1 : 0, Long.BYTES);
    }
  }

  private static String name(int precision, int scale) {
    return "Decimal(" + precision + ", " + scale + ")";
  }

  private static int width(int precision) {
    if (precision <= 9) {
      return Integer.BYTES;
    }
    if (precision <= MOST_DIGITS_OF_A_LONG) {
      return Long.BYTES;
    }
    return precision <= 38 ? 2 * Long.BYTES : 4 * Long.BYTES;
  }
}
