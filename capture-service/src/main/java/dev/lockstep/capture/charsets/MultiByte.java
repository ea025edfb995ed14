package dev.lockstep.capture.charsets;

import java.util.Arrays;

/**
 * A character set of ASCII, pairs, and perhaps triples that begin with {@code 8F} or quadruples
 * whose second byte is a digit.
 */
final class MultiByte implements TextDecoder {
  static final int SINGLES = 1 << 8;
  static final int PAIRS = 1 << 15;
  static final int TRIPLES = 1 << 14;

  /** From {@code 81308130} to {@code 8431A439}. */
  static final int QUADRUPLES = 39_420;

  /** {@code 90308130}, which is U+10000. */
  private static final int PLANES = 189_000;

  private static final int TRIPLE = 0x8f;

  /** The entry of bytes that are not allowed together. No pair stands for U+0000. */
  static final char NONE = 0;

  private final char[] singles;
  private final char[] pairs;
  private final char[] triples;
  private final char[] quadruples;

  /**
   * From the tables in one row: 256 entries by byte; 2^15 by the low seven bits of the first byte
   * and the second; and, if there are such, 2^14 by the low seven bits of a triple's second and
   * third byte, or GB 18030's quadruples up to U+FFFF in its order. Its planes beyond lie in one
   * row from {@code 90308130}.
   */
  MultiByte(char[] row) {
    int end = SINGLES + PAIRS;
    int more = row.length - end;
    singles = Arrays.copyOfRange(row, 0, SINGLES);
    pairs = Arrays.copyOfRange(row, SINGLES, end);
    triples = Arrays.copyOfRange(row, end, more == TRIPLES ? row.length : end);
    quadruples = Arrays.copyOfRange(row, end, more == QUADRUPLES ? row.length : end);
  }

  @Override
  public String decode(byte[] bytes) {
    String ascii = Ascii.text(bytes);
    return ascii != null ? ascii : decodeAll(bytes);
  }

  @Override
  public boolean standsFor(String text, byte[] bytes) {
    return TextDecoder.hasOwnQuestionMarksOnly(text, bytes);
  }

  private String decodeAll(byte[] bytes) {
    char[] text = new char[bytes.length];
    int length = 0;
    int at = 0;
    while (at < bytes.length) {
      int first = bytes[at];
      if (first >= 0) {
        text[length++] = (char) first;
        at++;
      } else {
        int code = codeAt(bytes, at);
        length += Character.toChars(code & 0x1fffff, text, length);
        at += code >>> 24;
      }
    }
    return new String(text, 0, length);
  }

  /** The code point in the low bits, and the number of its bytes from bit 24. */
  private int codeAt(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (at + 1 < bytes.length) {
      int second = bytes[at + 1] & 0xff;
      char pair = pairs[(first & 0x7f) << 8 | second];
      if (pair != NONE) {
        return 2 << 24 | pair;
      }
      if (triples.length > 0 && first == TRIPLE && at + 2 < bytes.length) {
        return triple(second, bytes[at + 2] & 0xff);
      }
      if (quadruples.length > 0 && at + 3 < bytes.length) {
        return quadruple(first, second, bytes[at + 2] & 0xff, bytes[at + 3] & 0xff);
      }
    }
    char single = singles[first];
    return 1 << 24 | (single == NONE ? UNKNOWN : single);
  }

  private int triple(int second, int third) {
    char found =
        (second & third & 0x80) == 0 ? NONE : triples[(second & 0x7f) << 7 | (third & 0x7f)];
    return found == NONE ? 1 << 24 | UNKNOWN : 3 << 24 | found;
  }

  private int quadruple(int first, int second, int third, int fourth) {
    if (!isQuadruple(first, second, third, fourth)) {
      return 1 << 24 | UNKNOWN;
    }
    int index = ((first - 0x81) * 10 + second - 0x30) * 1260 + (third - 0x81) * 10 + fourth - 0x30;
    if (index < QUADRUPLES) {
      return 4 << 24 | quadruples[index];
    }
    int beyond = index - PLANES;
    boolean isCharacter = beyond >= 0 && beyond < 0x100000;
    return 4 << 24 | (isCharacter ? Character.MIN_SUPPLEMENTARY_CODE_POINT + beyond : UNKNOWN);
  }

  private static boolean isQuadruple(int first, int second, int third, int fourth) {
    return first >= 0x81
        && first <= 0xfe
        && isDigit(second)
        && third >= 0x81
        && third <= 0xfe
        && isDigit(fourth);
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }
}
