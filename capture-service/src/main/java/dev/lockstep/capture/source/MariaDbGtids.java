package dev.lockstep.capture.source;

import java.util.HashMap;
import java.util.Map;

/**
 * Positions by MariaDB's global transaction ids, such as {@code 0-1-270,1-1-26}: the last
 * transaction of each domain, as domain, server and number. MariaDB's documentation has their form
 * under "Global Transaction ID". Numbers rise by one within a domain, whatever server they are of.
 */
public final class MariaDbGtids {
  private MariaDbGtids() {}

  /**
   * How many transactions lie between two positions; those of a domain that is new are all counted.
   *
   * @throws IllegalArgumentException when a text is no such position
   */
  public static long between(String from, String end) {
    Map<Long, Long> before = lastNumbers(from);
    return lastNumbers(end).entrySet().stream()
        .mapToLong(last -> Math.max(0, last.getValue() - before.getOrDefault(last.getKey(), 0L)))
        .sum();
  }

  private static Map<Long, Long> lastNumbers(String position) {
    Map<Long, Long> numbers = new HashMap<>();
    if (position.isBlank()) {
      return numbers;
    }
    for (String gtid : position.split(",", -1)) {
      String[] parts = gtid.strip().split("-", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("No GTID of MariaDB: " + gtid);
      }
      numbers.merge(Long.valueOf(parts[0]), Long.valueOf(parts[2]), Math::max);
    }
    return numbers;
  }
}
