package dev.lockstep.capture.encode;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the JSON of an event can't hold while it is written, by image of the row and
 * column; allocates nothing where there is none.
 */
final class FoundByImage {
  private @Nullable Map<String, String> before;
  private @Nullable Map<String, String> after;

  void clear() {
    before = null;
    after = null;
  }

  /**
   * Takes one.
   *
   * @param part the part of the envelope that it was met in; only those of the row's two images
   *     count
   */
  void add(String part, String column, String text) {
    if (part.equals("before")) {
      before = before == null ? new HashMap<>() : before;
      before.put(column, text);
    } else if (part.equals("after")) {
      after = after == null ? new HashMap<>() : after;
      after.put(column, text);
    }
  }

  /** All of them in a header's record, or the record of none. */
  <T> T all(T none, BiFunction<Map<String, String>, Map<String, String>, T> header) {
    return before == null && after == null
        ? none
        : header.apply(before == null ? Map.of() : before, after == null ? Map.of() : after);
  }
}
