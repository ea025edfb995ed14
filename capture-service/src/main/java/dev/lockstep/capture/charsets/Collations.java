package dev.lockstep.capture.charsets;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's numbers of collations, by which its binlog names a column's character set. The table lies
 * beside this class: a line per character set with its name and the numbers of its collations,
 * separated by spaces.
 */
final class Collations {
  /** Above the numbers of all that MySQL has. */
  private static final int END = 2048;

  private static final Map<Integer, String> CHARSETS = read();

  /** Found once, so that a value is read without a look-up by a boxed number. */
  private static final AtomicReferenceArray<@Nullable TextDecoder> DECODERS =
      new AtomicReferenceArray<>(END);

  private Collations() {}

  /** The character set of a collation; null for one that is newer than this table. */
  static @Nullable String charset(int collation) {
    return CHARSETS.get(collation);
  }

  /** How to read text of a collation; null for bytes, and for one that is not known here. */
  static @Nullable TextDecoder decoder(int collation) {
    if (collation < 0 || collation >= END) {
      return null;
    }
    TextDecoder known = DECODERS.get(collation);
    if (known != null) {
      return known;
    }
    String charset = charset(collation);
    TextDecoder found = charset == null ? null : MySqlCharsets.anyDecoder(charset);
    DECODERS.set(collation, found);
    return found;
  }

  private static Map<Integer, String> read() {
    Map<Integer, String> charsets = new HashMap<>();
    CharsetTables.lines("collations.txt")
        .map(line -> line.split(" ", -1))
        .forEach(
            words ->
                numbers(words).forEach(number -> charsets.put(Integer.valueOf(number), words[0])));
    return Map.copyOf(charsets);
  }

  private static Stream<String> numbers(String[] words) {
    return Arrays.stream(words, 1, words.length);
  }
}
