package dev.lockstep.apply.types;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a column when nobody will read it: NULL where the type has it, else the type's
 * zero.
 */
public final class Blanks {
  private static final Pattern DECIMAL = Pattern.compile("Decimal\\((\\d+), \\d+\\)");
  private static final byte[] EMPTY_DOCUMENT = "{}".getBytes(StandardCharsets.UTF_8);

  private Blanks() {}

  /**
   * Writes it.
   *
   * @param type a target column's type
   */
  public static void put(String type, RowBuffer out) {
    if (type.startsWith("LowCardinality(")) {
      put(inner(type), out);
    } else if (type.startsWith("Nullable(")) {
      out.putByte(1);
    } else if (type.startsWith("Tuple(")) {
      putGeometry(type, out);
    } else if (type.equals(Texts.JSON)) {
      out.putText(EMPTY_DOCUMENT);
    } else {
      out.putLittleEndian(0, Math.min(width(type), Long.BYTES));
      for (int i = Long.BYTES; i < width(type); i++) {
        out.putByte(0);
      }
    }
  }

  private static String inner(String type) {
    return type.substring(type.indexOf('(') + 1, type.length() - 1);
  }

  /** Two NULLs, or an SRID of four bytes and no Well-Known Binary. */
  private static void putGeometry(String type, RowBuffer out) {
    boolean nullable = type.contains("Nullable(");
    out.putByte(nullable ? 1 : 0);
    out.putLittleEndian(nullable ? 1 : 0, nullable ? 1 : Integer.BYTES);
  }

  /** The bytes of a zero; a text's and an array's is the length alone. */
  private static int width(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      int digits = Integer.parseInt(decimal.group(1));
      return digits <= 9 ? 4 : digits <= 18 ? 8 : digits <= 38 ? 16 : 32;
    }
    int bracket = type.indexOf('(');
    return switch (bracket < 0 ? type : type.substring(0, bracket)) {
      case "Int8", "UInt8", "Bool", "String", "Array" -> 1;
      case "Int16", "UInt16", "Date" -> 2;
      case "Int32", "UInt32", "Float32", "Date32", "Time", "DateTime", "IPv4" -> 4;
      case "Int64", "UInt64", "Float64", "DateTime64", "Time64" -> 8;
      case "Int128", "UInt128", "UUID", "IPv6" -> 16;
      case "Int256", "UInt256" -> 32;
      default -> throw new IllegalArgumentException("A type without a zero: " + type);
    };
  }
}
