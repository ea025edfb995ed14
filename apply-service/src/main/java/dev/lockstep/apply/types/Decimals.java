package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Exact decimals of up to 76 digits. */
final class Decimals {
  static final int MOST_DIGITS = 76;
  private static final int MOST_DIGITS_OF_A_LONG = 18;

  private Decimals() {}

  /** Of the wire's unscaled number as Base64. */
  static TargetType fromUnscaled(int precision, int scale) {
    int width = width(precision);
    BigInteger end = BigInteger.TEN.pow(precision);
    long endOfLong = precision <= MOST_DIGITS_OF_A_LONG ? end.longValueExact() : Long.MAX_VALUE;
    return new TargetType(
        name(precision, scale),
        (json, out) -> {
          byte[] unscaled = Binaries.nonEmpty(json);
          if (unscaled.length <= Long.BYTES) {
            long value = toLong(unscaled);
            if ((value >= endOfLong || value <= -endOfLong) && precision <= MOST_DIGITS_OF_A_LONG) {
              checkRange(BigInteger.valueOf(value), end, precision, scale);
            }
            putLong(out, value, width);
          } else {
            BigInteger value = new BigInteger(unscaled);
            checkRange(value, end, precision, scale);
            out.putSignExtended(value.toByteArray(), width);
          }
        });
  }

  /** Of the wire's decimal text, as {@code decimal.handling.mode=string}. */
  static TargetType fromText(int precision, int scale) {
    int width = width(precision);
    BigInteger end = BigInteger.TEN.pow(precision);
    return new TargetType(
        name(precision, scale),
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

  private static long toLong(byte[] bigEndian) {
    long value = bigEndian[0];
    for (int i = 1; i < bigEndian.length; i++) {
      value = (value << 8) | (bigEndian[i] & 0xff);
    }
    return value;
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
