package dev.lockstep.capture.charsets;

/**
 * Reads the bytes of a character set as MySQL does when it converts them to {@code utf8mb4}. A
 * sequence that the character set allows and that stands for no character is a question mark, as it
 * is in MySQL; so is each byte of a sequence that it does not allow, which no column of it can
 * hold.
 *
 * <p>Safe for use by several threads.
 */
interface TextDecoder {
  /** What a sequence that stands for no character is shown as. */
  char UNKNOWN = '?';

  String decode(byte[] bytes);
}
