package dev.lockstep.capture.charsets;

import dev.lockstep.common.event.Undecodable;
import java.util.HexFormat;

/**
 * A text of which some bytes stand for no character. Debezium's types have no place for it, so it
 * travels inside this process as a marker: a string that begins with half of a surrogate pair,
 * which no text of MySQL does, and that holds the bytes and what MySQL shows of them. Whoever
 * writes values out turns the marker back; none leaves the process.
 *
 * @param hex the bytes as MySQL's {@code HEX()} shows them; of a long text the first, with an
 *     ellipsis
 * @param shown the text with a replacement character for what stands for none
 */
public record UndecodableText(String hex, String shown) {
  private static final char MARK = '\udfff';
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The marker of bytes. */
  static String of(String shown, byte[] bytes) {
    int end = Math.min(bytes.length, Undecodable.LONGEST);
    String hex = HEX.formatHex(bytes, 0, end) + (end < bytes.length ? "…" : "");
    return MARK + hex + MARK + shown;
  }

  /** Whether a string is a marker. */
  public static boolean isMarker(String text) {
    return !text.isEmpty() && text.charAt(0) == MARK;
  }

  /** What a marker stands for, though something may have cut off its end. */
  public static UndecodableText of(String marker) {
    int end = marker.indexOf(MARK, 1);
    return end < 0
        ? new UndecodableText(marker.substring(1), "")
        : new UndecodableText(marker.substring(1, end), marker.substring(end + 1));
  }
}
