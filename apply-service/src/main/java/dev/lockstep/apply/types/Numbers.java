package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;

/** Exact numbers as other types of exact numbers; what such a type can't hold is refused. */
final class Numbers {
  private static final Pattern EXACT =
      Pattern.compile("(U?)Int(?:8|16|32|64)|(Bool)|Decimal\\(\\d+, (\\d+)\\)");
  private static final int MOST_DIGITS_OF_A_LONG = 18;

  private Numbers() {}

  /** Whether a type holds exact numbers. */
  static boolean isExact(TargetType type) {
    return EXACT.matcher(type.name()).matches();
  }

  /** The digits behind the point. */
  static int scaleOf(TargetType type) {
    Matcher exact = EXACT.matcher(type.name());
    return exact.matches() && exact.group(3) != null ? Integer.parseInt(exact.group(3)) : 0;
  }

  private static boolean isUnsigned(TargetType type) {
    Matcher exact = EXACT.matcher(type.name());
    return exact.matches() && ("U".equals(exact.group(1)) || exact.group(2) != null);
  }

  /** The same numbers as another type; empty where digits would be lost. */
  static Optional<TargetType> as(TargetType type, ColumnType wanted) {
    return scaleOf(type) > wanted.scale() ? Optional.empty() : Optional.of(made(type, wanted));
  }

  private static TargetType made(TargetType type, ColumnType wanted) {
    return switch (wanted.kind()) {
      case SIGNED -> encoded(type, "Int" + wanted.bits(), wanted.bits() / 8, -1, wanted.bits() - 1);
      case UNSIGNED -> encoded(type, "UInt" + wanted.bits(), wanted.bits() / 8, 0, wanted.bits());
      case BOOL -> encoded(type, "Bool", 1, 0, 1);
      case IPV4 -> encoded(type, "IPv4", Integer.BYTES, 0, Integer.SIZE);
      case DECIMAL -> decimal(type, wanted);
      default -> throw new IllegalArgumentException("No number: " + wanted.kind());
    };
  }

  /**
   * @param sign -1 where there are numbers below 0
   * @param bits how many bits numbers have beside the sign
   */
  private static TargetType encoded(TargetType type, String name, int width, int sign, int bits) {
    BigInteger end = BigInteger.ONE.shiftLeft(bits);
    BigInteger least = sign < 0 ? end.negate() : BigInteger.ZERO;
    var encoder = new Encoder(type, name, width, 0, least, end.subtract(BigInteger.ONE));
    TargetType made = new TargetType(name, encoder);
    boolean isPlain = name.contains("Int") && width <= Long.BYTES;
    return made.withKeyCodec(isPlain ? Codecs.RISING : null)
        .withCodec(isPlain && width > 1 ? Codecs.WHOLE : null);
  }

  private static TargetType decimal(TargetType type, ColumnType wanted) {
    String name = "Decimal(%d, %d)".formatted(wanted.precision(), wanted.scale());
    BigInteger most = BigInteger.TEN.pow(wanted.precision()).subtract(BigInteger.ONE);
    int width = Decimals.width(wanted.precision());
    var encoder = new Encoder(type, name, width, wanted.scale(), most.negate(), most);
    return new TargetType(name, encoder)
        .withCodec(wanted.precision() <= MOST_DIGITS_OF_A_LONG ? Codecs.WHOLE : null);
  }

  /** Reads what the source's type writes, and writes it anew. */
  private static final class Encoder implements ValueEncoder {
    private final ValueEncoder inner;
    private final boolean unsigned;
    private final int scale;
    private final String name;
    private final int width;
    private final BigInteger factor;
    private final BigInteger least;
    private final BigInteger most;

    Encoder(TargetType type, String name, int width, int scale, BigInteger least, BigInteger most) {
      this.inner = type.encoder();
      this.unsigned = isUnsigned(type);
      this.scale = scaleOf(type);
      this.name = name;
      this.width = width;
      this.factor = BigInteger.TEN.pow(scale - this.scale);
      this.least = least;
      this.most = most;
    }

    @Override
    public void encode(JsonParser json, RowBuffer out) {
      int start = out.size();
      inner.encode(json, out);
      BigInteger value = FilterBytes.number(out, start, unsigned);
      out.truncate(start);
      BigInteger scaled = value.multiply(factor);
      if (scaled.compareTo(least) < 0 || scaled.compareTo(most) > 0) {
        throw RecordFault.value(new BigDecimal(value, scale).toPlainString(), "is beyond " + name);
      }
      byte[] bytes = scaled.toByteArray();
      // A number without a sign has a byte of zeros in front where its highest bit is set.
      int from = bytes.length > width ? bytes.length - width : 0;
      out.putBytes(bytes, from, bytes.length - from);
      out.widen(bytes.length - from, width);
    }
  }
}
