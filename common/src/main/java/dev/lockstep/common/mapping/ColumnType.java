package dev.lockstep.common.mapping;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of ClickHouse that a mapping can give a column. Which a column can have depends on its
 * type in the source.
 *
 * @param kind which it is
 * @param bits of whole numbers, how many they have; else 0
 * @param precision of decimals, their digits; of {@code DateTime64}, those of the fraction; else 0
 * @param scale of decimals, the digits behind the point; else 0
 * @param zone of times, the time zone that they are shown in; null where none is said
 * @param nullable whether it may be NULL even where the source's may not
 */
public record ColumnType(
    Kind kind, int bits, int precision, int scale, @Nullable String zone, boolean nullable) {
  /** What a type is, but for its sizes. */
  public enum Kind {
    /** {@code String}. */
    STRING,
    /** {@code LowCardinality(String)}. */
    LOW_CARDINALITY,
    /** {@code Int8} to {@code Int256}. */
    SIGNED,
    /** {@code UInt8} to {@code UInt256}. */
    UNSIGNED,
    /** {@code Decimal(P, S)}. */
    DECIMAL,
    /** {@code Float64}. */
    FLOAT64,
    /** {@code Bool}. */
    BOOL,
    /** {@code Date}. */
    DATE,
    /** {@code DateTime} with a time zone or without. */
    DATE_TIME,
    /** {@code DateTime64(P)} with a time zone or without. */
    DATE_TIME64,
    /** {@code UUID}. */
    UUID,
    /** {@code IPv4}. */
    IPV4,
    /** {@code IPv6}. */
    IPV6
  }

  private static final int MOST_DIGITS = 76;
  private static final Pattern NULLABLE = Pattern.compile("Nullable\\(\\s*(.+?)\\s*\\)");
  private static final Pattern LOW =
      Pattern.compile("LowCardinality\\(\\s*(?:String|(Nullable)\\(\\s*String\\s*\\))\\s*\\)");
  private static final Pattern WHOLE = Pattern.compile("(U?)Int(8|16|32|64|128|256)");
  private static final Pattern DECIMAL =
      Pattern.compile("Decimal\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)");
  private static final Pattern TIME =
      Pattern.compile("DateTime(?:\\(\\s*'([\\w/+-]{1,64})'\\s*\\))?");
  private static final Pattern TIME64 =
      Pattern.compile("DateTime64\\(\\s*([0-6])\\s*(?:,\\s*'([\\w/+-]{1,64})'\\s*)?\\)");

  /**
   * The type of this name.
   *
   * @throws IllegalArgumentException when no column can have it
   */
  public static ColumnType parse(String text) {
    String type = text.strip();
    Matcher low = LOW.matcher(type);
    if (low.matches()) {
      return of(Kind.LOW_CARDINALITY, 0, 0, 0, null, low.group(1) != null);
    }
    Matcher nullable = NULLABLE.matcher(type);
    return nullable.matches() ? plain(nullable.group(1), true) : plain(type, false);
  }

  /** What is wrong with a name; empty when a column can have such a type. */
  public static Optional<String> problem(String text) {
    try {
      parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ColumnType plain(String type, boolean nullable) {
    Matcher whole = WHOLE.matcher(type);
    if (whole.matches()) {
      Kind kind = whole.group(1).isEmpty() ? Kind.SIGNED : Kind.UNSIGNED;
      return of(kind, Integer.parseInt(whole.group(2)), 0, 0, null, nullable);
    }
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)), nullable);
    }
    Matcher time = TIME.matcher(type);
    if (time.matches()) {
      return of(Kind.DATE_TIME, 0, 0, 0, zone(time.group(1)), nullable);
    }
    Matcher time64 = TIME64.matcher(type);
    if (time64.matches()) {
      int digits = Integer.parseInt(time64.group(1));
      return of(Kind.DATE_TIME64, 0, digits, 0, zone(time64.group(2)), nullable);
    }
    return of(simple(type), 0, 0, 0, null, nullable);
  }

  private static ColumnType decimal(int precision, int scale, boolean nullable) {
    if (precision < 1 || precision > MOST_DIGITS || scale > precision) {
      throw new IllegalArgumentException(
          "a Decimal has 1 to 76 digits, and no more behind the point");
    }
    return of(Kind.DECIMAL, 0, precision, scale, null, nullable);
  }

  private static Kind simple(String type) {
    return switch (type) {
      case "String" -> Kind.STRING;
      case "Float64" -> Kind.FLOAT64;
      case "Bool" -> Kind.BOOL;
      case "Date" -> Kind.DATE;
      case "UUID" -> Kind.UUID;
      case "IPv4" -> Kind.IPV4;
      case "IPv6" -> Kind.IPV6;
      default ->
          throw new IllegalArgumentException(
              "no column can be given it. Types are String, LowCardinality(String), Int8 to Int256, UInt8 to UInt256,"
                  + " Decimal(P, S), Float64, Bool, Date, DateTime, DateTime64(0) to DateTime64(6), UUID, IPv4 and"
                  + " IPv6, as far as the source's type allows; each can stand in Nullable(…)");
    };
  }

  private static @Nullable String zone(@Nullable String name) {
    try {
      return name == null ? null : ZoneId.of(name).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s is no time zone".formatted(name), e);
    }
  }

  private static ColumnType of(
      Kind kind, int bits, int precision, int scale, @Nullable String zone, boolean nullable) {
    return new ColumnType(kind, bits, precision, scale, zone, nullable);
  }
}
