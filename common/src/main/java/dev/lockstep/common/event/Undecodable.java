package dev.lockstep.common.event;

import java.util.Map;
import org.apache.kafka.common.header.Headers;

/**
 * The texts of an event with bytes that stand for no character in their column's character set.
 * Debezium's JSON has a replacement character for them; here are the bytes. The header {@link
 * EventHeaders#UNDECODABLE} carries it as a JSON object in UTF-8.
 *
 * @param before by column, the whole value in the row before the change, as MySQL's {@code HEX()}
 *     shows it; of a long one the first {@value #LONGEST} bytes, with an ellipsis
 * @param after the same of the row after the change
 */
public record Undecodable(Map<String, String> before, Map<String, String> after) {
  /** Of a longer value so many bytes are kept. */
  public static final int LONGEST = 1000;

  /** None. */
  public static final Undecodable NONE = new Undecodable(Map.of(), Map.of());

  /** Copies the maps; one that is left out is empty. */
  public Undecodable {
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
  public static Undecodable read(Headers headers) {
    Undecodable found = ImageHeader.read(headers, EventHeaders.UNDECODABLE, Undecodable.class);
    return found == null ? NONE : found;
  }
}
