package dev.lockstep.capture.charsets;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's numbers of collations, by which its binlog names a column's character set. The table lies
 * beside this class: a line per character set with its name and the numbers of its collations,
 * separated by spaces.
 */
final class Collations {
  private static final Map<Integer, String> CHARSETS = read();

  private Collations() {}

  /** The character set of a collation; null for one that is newer than this table. */
  static @Nullable String charset(int collation) {
    return CHARSETS.get(collation);
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
