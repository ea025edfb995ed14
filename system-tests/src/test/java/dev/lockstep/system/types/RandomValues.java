package dev.lockstep.system.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random literals of a type: those of its case, and others between its limits. */
final class RandomValues {
  private static final Pattern SIZED = Pattern.compile("([A-Z]+)\\((\\d+)(?:,(\\d+))?\\)");
  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final long FIRST_SECOND = LocalDate.of(1900, 1, 1).toEpochDay() * 86_400;
  private static final long END_SECOND = LocalDate.of(2300, 1, 1).toEpochDay() * 86_400;

  private RandomValues() {}

  static Arbitrary<String> of(TypeCase type) {
    Arbitrary<String> known = Arbitraries.of(usable(type));
    Arbitrary<String> more = more(type);
    return more == null ? known : Arbitraries.oneOf(known, more);
  }

  /** The values of a case, without the very long. */
  static List<String> usable(TypeCase type) {
    return type.values().stream().filter(value -> !value.contains("REPEAT")).toList();
  }

  private static Arbitrary<String> more(TypeCase type) {
    Matcher sized = SIZED.matcher(type.type());
    boolean plain = sized.matches();
    String name = plain ? sized.group(1) : type.type();
    int size = plain ? Integer.parseInt(sized.group(2)) : 0;
    return switch (name) {
      case "BIT" -> whole(BigInteger.ZERO, BigInteger.TWO.pow(size).subtract(BigInteger.ONE));
      case "DECIMAL" -> plain ? decimals(size, Integer.parseInt(sized.group(3))) : decimals(10, 0);
      case "DOUBLE" -> Arbitraries.doubles().map(String::valueOf);
      case "FLOAT" ->
          plain ? null : Arbitraries.floats().map(value -> String.valueOf((double) value));
      case "VARCHAR", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT" -> texts();
      case "VARBINARY", "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "BINARY" -> bytes();
      case "DATE" ->
          seconds(FIRST_SECOND, END_SECOND)
              .map(second -> "'" + LocalDate.ofEpochDay(Math.floorDiv(second, 86_400L)) + "'");
      case "DATETIME" -> datetimes(size, FIRST_SECOND, END_SECOND, "");
      case "TIMESTAMP" -> datetimes(size, 1, Integer.MAX_VALUE - 1L, "+00:00");
      case "TIME" -> times(size);
      default -> type.form().equals(Form.INTEGER) ? integers(type) : null;
    };
  }

  private static Arbitrary<String> integers(TypeCase type) {
    List<BigInteger> known =
        type.values().stream()
            .filter(value -> WHOLE.matcher(value).matches())
            .map(BigInteger::new)
            .sorted()
            .toList();
    return type.type().equals("YEAR")
        ? whole(BigInteger.valueOf(1901), BigInteger.valueOf(2155))
        : whole(known.getFirst(), known.getLast());
  }

  private static Arbitrary<String> whole(BigInteger from, BigInteger to) {
    return Arbitraries.bigIntegers().between(from, to).map(BigInteger::toString);
  }

  private static Arbitrary<String> decimals(int precision, int scale) {
    BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    return Arbitraries.bigIntegers()
        .between(most.negate(), most)
        .map(unscaled -> new BigDecimal(unscaled, scale).toPlainString());
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\ud7ff')
        .withCharRange('\ue000', '\uffff')
        .ofMaxLength(20)
        .map(
            text ->
                "_utf8mb4 X'"
                    + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
                    + "'");
  }

  private static Arbitrary<String> bytes() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(8)
        .map(bytes -> "X'" + HexFormat.of().formatHex(bytes) + "'");
  }

  private static Arbitrary<Long> seconds(long from, long end) {
    return Arbitraries.longs().between(from, end - 1);
  }

  private static Arbitrary<String> datetimes(int digits, long from, long end, String zone) {
    Function<Long, String> text =
        micros -> {
          Instant at =
              Instant.ofEpochSecond(
                  Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
          return "'"
              + LocalDateTime.ofInstant(at, ZoneOffset.UTC)
                  .format(DateTimeFormatter.ofPattern(pattern(digits)))
              + zone
              + "'";
        };
    return Arbitraries.longs().between(from * 1_000_000, end * 1_000_000 - 1).map(text);
  }

  private static String pattern(int digits) {
    return "uuuu-MM-dd HH:mm:ss" + (digits == 0 ? "" : "." + "S".repeat(digits));
  }

  private static Arbitrary<String> times(int digits) {
    long limit = (838 * 3600L + 59 * 60 + 59) * 1_000_000;
    return Arbitraries.longs()
        .between(-limit, limit)
        .map(
            micros -> {
              long seconds = Math.abs(micros) / 1_000_000;
              String fraction =
                  digits == 0
                      ? ""
                      : "." + "%06d".formatted(Math.abs(micros) % 1_000_000).substring(0, digits);
              return "'%s%d:%02d:%02d%s'"
                  .formatted(
                      micros < 0 ? "-" : "",
                      seconds / 3600,
                      seconds / 60 % 60,
                      seconds % 60,
                      fraction);
            });
  }
}
