package dev.lockstep.capture.charsets;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** MySQL's character sets, as {@code SHOW CHARACTER SET} lists them. */
final class MySqlCharsets {
  /** Those whose bytes Debezium reads as MySQL does, with Java's own decoder. */
  static final Set<String> ALIKE_IN_JAVA = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii", "binary");

  static final Set<String> MULTI_BYTE =
      Set.of("big5", "cp932", "eucjpms", "euckr", "gb18030", "gb2312", "gbk", "sjis", "ujis");

  private static final TextDecoder ASCII = new JavaCharset(StandardCharsets.US_ASCII);
  private static final TextDecoder UTF_8 = new JavaCharset(StandardCharsets.UTF_8);

  static final Map<String, TextDecoder> UNICODE =
      Map.of(
          "ucs2", new Ucs2(),
          "utf16", new JavaCharset(StandardCharsets.UTF_16BE),
          "utf16le", new JavaCharset(StandardCharsets.UTF_16LE),
          "utf32", new JavaCharset(Charset.forName("UTF-32BE")));

  private static final Map<String, Optional<TextDecoder>> DECODERS = new ConcurrentHashMap<>();

  private MySqlCharsets() {}

  /**
   * How to read a character set: empty when Java's decoder does, and when MySQL has none of this
   * name.
   *
   * @param charset MySQL's name, in any case
   */
  static Optional<TextDecoder> decoder(String charset) {
    return DECODERS.computeIfAbsent(charset.toLowerCase(Locale.ROOT), MySqlCharsets::find);
  }

  /**
   * How to read a character set, whether Java's decoder does or not; null when it has no text, and
   * when MySQL has none of this name.
   */
  static @Nullable TextDecoder anyDecoder(String charset) {
    return switch (charset) {
      case "binary" -> null;
      case "ascii" -> ASCII;
      case "utf8mb3", "utf8mb4" -> UTF_8;
      default -> decoder(charset).orElse(null);
    };
  }

  private static Optional<TextDecoder> find(String charset) {
    if (ALIKE_IN_JAVA.contains(charset)) {
      return Optional.empty();
    }
    if (MULTI_BYTE.contains(charset)) {
      return Optional.of(CharsetTables.multiByte(charset));
    }
    return Optional.ofNullable(UNICODE.get(charset)).or(() -> CharsetTables.singleByte(charset));
  }
}
