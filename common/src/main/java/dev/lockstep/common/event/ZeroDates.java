package dev.lockstep.common.event;

import java.util.Map;
import org.apache.kafka.common.header.Headers;

/**
 * The dates and times of an event that have a zero in year, month or day. Debezium's JSON has null
 * for them, or 1970-01-01 in a column that is NOT NULL; here is what the source holds. The header
 * {@link EventHeaders#ZERO_DATES} carries it as a JSON object in UTF-8.
 *
 * @param before by column, MySQL's text of such values in the row before the change, such as {@code
 *     2024-05-00}
 * @param after the same of the row after the change
 */
public record ZeroDates(Map<String, String> before, Map<String, String> after) {
  /** None. */
  public static final ZeroDates NONE = new ZeroDates(Map.of(), Map.of());

  /** Copies the maps; one that is left out is empty. */
  public ZeroDates {
    before = before == null ? Map.of() : Map.copyOf(before);
    after = after == null ? Map.of() : Map.copyOf(after);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }

  /** The header's value. */
  public byte[] encode() {
    return ImageHeader.encode(before, after);
  }

  /**
   * Those of a record; none without the header.
   *
   * @throws MalformedEventException when the header is not as described here
   */
  public static ZeroDates read(Headers headers) {
    ZeroDates found = ImageHeader.read(headers, EventHeaders.ZERO_DATES, ZeroDates.class);
    return found == null ? NONE : found;
  }
}
