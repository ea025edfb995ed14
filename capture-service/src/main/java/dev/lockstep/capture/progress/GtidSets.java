package dev.lockstep.capture.progress;

/**
 * Sets of MySQL's global transaction ids, such as {@code 3e11fa47-…:1-5:11,…:tag:1-3}. The MySQL
 * manual has their form under "GTID Format and Storage".
 */
final class GtidSets {
  private GtidSets() {}

  /**
   * How many transactions are in a set.
   *
   * @throws IllegalArgumentException when the text is no GTID set
   */
  static long count(String set) {
    long count = 0;
    for (String ofServer : set.split(",", -1)) {
      String[] parts = ofServer.strip().split(":", -1);
      for (int i = 1; i < parts.length; i++) {
        count += inInterval(parts[i].strip());
      }
    }
    return count;
  }

  /** What begins with a letter or an underscore is a tag. */
  private static long inInterval(String part) {
    if (part.isEmpty() || !Character.isDigit(part.charAt(0))) {
      return 0;
    }
    int dash = part.indexOf('-');
    return dash < 0
        ? 1
        : Long.parseLong(part.substring(dash + 1)) - Long.parseLong(part.substring(0, dash)) + 1;
  }
}
