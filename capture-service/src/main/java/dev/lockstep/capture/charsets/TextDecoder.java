package dev.lockstep.capture.charsets;

/**
 * Reads the bytes of a character set as MySQL does when it converts them to {@code utf8mb4}. A
 * sequence that the character set allows and that stands for no character is a replacement
 * character, as it is in MySQL; so is each byte of a sequence that it does not allow, which no
 * column of it can hold.
 *
 * <p>Safe for use by several threads.
 */
interface TextDecoder {
  /** What a sequence that stands for no character is shown as, but for Unicode's encodings. */
  char UNKNOWN = '?';

  /** What Unicode's encodings show it as. */
  char REPLACEMENT = '\ufffd';

  /** The text, with a replacement character where there is none. */
  String decode(byte[] bytes);

  /**
   * Whether all of the bytes stand for characters.
   *
   * @param text what they are decoded to
   */
  boolean standsFor(String text, byte[] bytes);

  /** The text, or its {@link UndecodableText} where some of the bytes stand for no character. */
  default String read(byte[] bytes) {
    String text = decode(bytes);
    return standsFor(text, bytes) ? text : UndecodableText.of(text, bytes);
  }

  /**
   * Whether a text has a question mark for each byte of one, and none in the place of other bytes.
   * In none of MySQL's character sets of ASCII is that byte a part of a longer sequence.
   */
  static boolean hasOwnQuestionMarksOnly(String text, byte[] bytes) {
    int at = text.indexOf(UNKNOWN);
    if (at < 0) {
      return true;
    }
    int open = 0;
    for (byte b : bytes) {
      open += b == UNKNOWN ? 1 : 0;
    }
    for (; at >= 0; at = text.indexOf(UNKNOWN, at + 1)) {
      open--;
    }
    return open == 0;
  }
}
