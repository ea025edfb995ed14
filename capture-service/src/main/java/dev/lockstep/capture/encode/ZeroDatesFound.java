package dev.lockstep.capture.encode;

import dev.lockstep.common.event.ZeroDates;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the zero dates of one event while it is written; allocates nothing without any. */
final class ZeroDatesFound {
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

  ZeroDates all() {
    return before == null && after == null
        ? ZeroDates.NONE
        : new ZeroDates(before == null ? Map.of() : before, after == null ? Map.of() : after);
  }
}
