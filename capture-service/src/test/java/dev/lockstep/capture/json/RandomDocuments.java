package dev.lockstep.capture.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random SQL expressions whose value is a JSON document; the same ones for the same seed. */
final class RandomDocuments {
  private static final String[] TYPED = {
    "CAST('%d-%02d-%02d' AS DATE)",
    "CAST('%d-%02d-%02d 23:59:59.999999' AS DATETIME(6))",
    "CAST('%d-%02d-%02d 01:02:03.5' AS DATETIME(1))",
  };

  private final Random random;

  RandomDocuments(long seed) {
    random = new Random(seed);
  }

  String next() {
    return value(random.nextInt(5));
  }

  private String value(int depth) {
    return depth == 0 ? scalar() : container(depth);
  }

  private String container(int depth) {
    int count = random.nextInt(6);
    boolean object = random.nextBoolean();
    String parts =
        IntStream.range(0, count)
            .mapToObj(i -> (object ? text(40) + ", " : "") + value(random.nextInt(depth)))
            .collect(Collectors.joining(", "));
    return (object ? "JSON_OBJECT(" : "JSON_ARRAY(") + parts + ")";
  }

  private String scalar() {
    return "JSON_EXTRACT(JSON_ARRAY(" + element() + "), '$[0]')";
  }

  private String element() {
    return switch (random.nextInt(12)) {
      case 0 -> "NULL";
      case 1 -> random.nextBoolean() ? "TRUE" : "FALSE";
      case 2 -> String.valueOf(random.nextLong() >> random.nextInt(64));
      case 3 -> Long.toUnsignedString(random.nextLong() >>> random.nextInt(64));
      case 4 -> number(Double.longBitsToDouble(random.nextLong()));
      case 5 -> number(random.nextInt(2_000_000) / Math.pow(10, random.nextInt(40) - 10));
      case 6 -> decimal();
      case 7 -> date();
      case 8 -> time();
      case 9 -> "CAST(x'%s' AS BINARY)".formatted(hex(200));
      case 10 -> "CAST(%d AS YEAR)".formatted(1901 + random.nextInt(255));
      default -> text(300);
    };
  }

  private String number(double value) {
    return Double.isFinite(value) ? value + "e0".substring(0, hasExponent(value) ? 0 : 2) : "0e0";
  }

  private static boolean hasExponent(double value) {
    return String.valueOf(value).contains("E");
  }

  private String decimal() {
    String digits = "123456789".repeat(5).substring(random.nextInt(9), 10 + random.nextInt(34));
    int point = random.nextInt(Math.min(digits.length(), 30));
    String sign = random.nextBoolean() ? "-" : "";
    int at = digits.length() - point;
    return sign + digits.substring(0, at) + "." + digits.substring(at);
  }

  private String date() {
    return TYPED[random.nextInt(TYPED.length)].formatted(
        1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private String time() {
    String sign = random.nextBoolean() ? "-" : "";
    return "CAST('%s%02d:%02d:%02d.%06d' AS TIME(6))"
        .formatted(
            sign,
            random.nextInt(838),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000_000));
  }

  /** Every ASCII character, and others of one to four bytes. */
  private String text(int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest); i > 0; i--) {
      int limit = random.nextInt(4) > 0 ? 0x80 : random.nextBoolean() ? 0x3000 : 0x1f700;
      int c = random.nextInt(limit);
      text.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 'x' : c);
    }
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    return "_utf8mb4 x'" + HexFormat.of().formatHex(utf8) + "'";
  }

  private String hex(int longest) {
    byte[] bytes = new byte[random.nextInt(longest)];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
