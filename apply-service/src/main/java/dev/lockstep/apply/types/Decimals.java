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
    var range = new Range(precision, scale);
    return type(
        precision,
        scale,
        (json, out) -> {
          int length = Binaries.appendNumber(json, out);
          if (length > range.width) {
            throw range.fault(out.takeBigInteger(length));
          }
          out.widen(length, range.width);
          range.check(out);
        });
  }

  private static TargetType type(int precision, int scale, ValueEncoder encoder) {
    String codec = precision <= MOST_DIGITS_OF_A_LONG ? Codecs.WHOLE : null;
    return new TargetType(name(precision, scale), encoder).withCodec(codec);
  }

  /** Of the wire's decimal text, as {@code decimal.handling.mode=string}. */
  private static TargetType fromText(int precision, int scale) {
    var range = new Range(precision, scale);
    return type(
        precision,
        scale,
        (json, out) -> {
          BigInteger value = unscaled(json, scale);
          byte[] bytes = value.toByteArray();
          if (bytes.length > range.width) {
            throw range.fault(value);
          }
          out.putBytes(bytes);
          out.widen(bytes.length, range.width);
          range.check(out);
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

  private static String name(int precision, int scale) {
    return "Decimal(" + precision + ", " + scale + ")";
  }

  /** The bytes of a decimal. */
  static int width(int precision) {
    if (precision <= 9) {
      return Integer.BYTES;
    }
    if (precision <= MOST_DIGITS_OF_A_LONG) {
      return Long.BYTES;
    }
    return precision <= 38 ? 2 * Long.BYTES : 4 * Long.BYTES;
  }

  /** What has so many digits. */
  private static final class Range {
    private final int precision;
    private final int scale;
    private final int width;
    private final byte[] most;
    private final byte[] least;

    Range(int precision, int scale) {
      this.precision = precision;
      this.scale = scale;
      this.width = Decimals.width(precision);
      BigInteger nines = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
      this.most = littleEndian(nines, width);
      this.least = littleEndian(nines.negate(), width);
    }

    private static byte[] littleEndian(BigInteger value, int width) {
      RowBuffer number = new RowBuffer(width);
      byte[] bytes = value.toByteArray();
      number.putBytes(bytes);
      number.widen(bytes.length, width);
      return number.toByteArray();
    }

    /** Of the number that was written last. */
    void check(RowBuffer out) {
      if (out.compareLast(most) > 0 || out.compareLast(least) < 0) {
        // Widening by nothing turns the bytes around: they are big-endian again.
        out.widen(width, width);
        throw fault(out.takeBigInteger(width));
      }
    }

    RecordFault fault(BigInteger value) {
      return RecordFault.value(
          new BigDecimal(value, scale).toPlainString(), "is beyond " + name(precision, scale));
    }
  }
}
