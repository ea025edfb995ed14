package dev.lockstep.admin.mappings;

import java.util.Locale;

/** What a user sent, for an error to repeat: short, and without what no encoding can write. */
final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  static String of(String text) {
    var quoted = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            point -> {
              boolean written =
                  Character.getType(point) != Character.SURROGATE && !Character.isISOControl(point);
              if (written) {
                quoted.appendCodePoint(point);
              } else {
                quoted.append(String.format(Locale.ROOT, "\\u%04X", point));
              }
            });
    return text.codePointCount(0, text.length()) > LONGEST ? quoted + "…" : quoted.toString();
  }
}
