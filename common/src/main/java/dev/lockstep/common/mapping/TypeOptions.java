package dev.lockstep.common.mapping;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Choices where a MySQL value has more than one good form in ClickHouse, or none. A choice that is
 * null is not made here: a column's options go before its table's, and these before the defaults.
 *
 * @param zeroDates what becomes of dates and times with a zero in year, month or day; {@link
 *     ZeroDates#QUARANTINE} by default
 * @param outOfRange what becomes of dates and times outside of ClickHouse's range; {@link
 *     OutOfRange#QUARANTINE} by default
 * @param binary the form of BINARY, VARBINARY and BLOBs; {@link Binary#RAW} by default
 * @param json the form of JSON; {@link Json#STRING} by default
 * @param geometry the form of the geometry types; {@link Geometry#WKB} by default
 * @param time the form of TIME; {@link Time#TIME64} by default
 * @param boolLike the form of TINYINT(1) and BOOLEAN; {@link BoolLike#INT8} by default
 * @param lowCardinality whether a text is a LowCardinality(String); by default ENUM and SET are,
 *     other texts are not
 * @param codec the column's compression as in ClickHouse's {@code CODEC(…)}, such as {@code
 *     ZSTD(3)}; by default one that suits the type
 */
public record TypeOptions(
    @Nullable ZeroDates zeroDates,
    @Nullable OutOfRange outOfRange,
    @Nullable Binary binary,
    @Nullable Json json,
    @Nullable Geometry geometry,
    @Nullable Time time,
    @Nullable BoolLike boolLike,
    @Nullable Boolean lowCardinality,
    @Nullable String codec) {

  /** No choice made. */
  public static final TypeOptions NONE =
      new TypeOptions(null, null, null, null, null, null, null, null, null);

  private static final int LONGEST_CODEC = 200;

  /** It stands in DDL as CODEC(…): nothing that could end that passes. */
  private static final Pattern CODEC =
      Pattern.compile(
          "CODEC(?:, ?CODEC)*"
              .replace("CODEC", "[A-Za-z][A-Za-z0-9]*(?: ?\\( ?ARG(?: ?, ?ARG)* ?\\))? ?")
              .replace("ARG", "[A-Za-z0-9]+"));

  /**
   * Checks the codec.
   *
   * @throws IllegalArgumentException when the codec is not of the form that {@link #isCodec} allows
   */
  public TypeOptions {
    if (codec != null && !isCodec(codec)) {
      throw new IllegalArgumentException(
          "codec does not look like one of ClickHouse's, such as \"Delta(4), LZ4\"");
    }
  }

  /**
   * Whether a text has the form of ClickHouse's codecs: names with arguments of letters and digits,
   * with commas between; 200 characters at most.
   */
  public static boolean isCodec(String text) {
    return text.length() <= LONGEST_CODEC && CODEC.matcher(text).matches();
  }

  /** What becomes of {@code 0000-00-00} and dates such as {@code 2024-05-00}. */
  public enum ZeroDates {
    /** NULL, marked in {@code _altered}; the target column is Nullable. */
    NULL,
    /** 1970-01-01, marked in {@code _altered}. */
    EPOCH,
    /** The row goes to the dead letters. */
    QUARANTINE
  }

  /** What becomes of a date or time before 1900 or after 2299. */
  public enum OutOfRange {
    /** The nearest value in range, marked in {@code _altered}. */
    CLAMP,
    /** The column is a String with MySQL's own text of every value, zero dates included. */
    STRING,
    /** The row goes to the dead letters. */
    QUARANTINE
  }

  /** How bytes are kept; all are a String. */
  public enum Binary {
    /** The bytes as they are. */
    RAW,
    /** Base64 with padding (RFC 4648, section 4). */
    BASE64,
    /** Two upper-case digits for each byte, as MySQL's HEX() writes them. */
    HEX
  }

  /** How a JSON document is kept. */
  public enum Json {
    /** A String with MySQL's own text. */
    STRING,
    /** ClickHouse's JSON type. */
    JSON
  }

  /** How a geometry is kept. */
  public enum Geometry {
    /** A tuple of the SRID and the Well-Known Binary. */
    WKB,
    /** A String with GeoJSON (RFC 7946). */
    GEOJSON
  }

  /** How a TIME is kept. */
  public enum Time {
    /** ClickHouse's Time64 with the declared fractional digits. */
    TIME64,
    /** An Int64 of microseconds, for ClickHouse servers without Time64. */
    MICROSECONDS
  }

  /** How TINYINT(1) is kept. */
  public enum BoolLike {
    /** An Int8, as MySQL lets it hold -128 to 127. */
    INT8,
    /** A Bool; a row with a value other than 0 and 1 goes to the dead letters. */
    BOOL
  }

  /** These choices, and the other's where none is made here. */
  public TypeOptions orElse(TypeOptions other) {
    return new TypeOptions(
        first(zeroDates, other.zeroDates),
        first(outOfRange, other.outOfRange),
        first(binary, other.binary),
        first(json, other.json),
        first(geometry, other.geometry),
        first(time, other.time),
        first(boolLike, other.boolLike),
        first(lowCardinality, other.lowCardinality),
        first(codec, other.codec));
  }

  private static <T> @Nullable T first(@Nullable T own, @Nullable T other) {
    return own == null ? other : own;
  }
}
