package dev.lockstep.capture.charsets;

/** A character set of one byte per character. */
final class SingleByte implements TextDecoder {
  private final char[] table;

  /**
   * @param table 256 characters, by byte
   */
  SingleByte(char[] table) {
    if (table.length != 256) {
      throw new IllegalArgumentException("256 characters, not " + table.length);
    }
    this.table = table;
  }

  @Override
  public String decode(byte[] bytes) {
    char[] text = new char[bytes.length];
    for (int i = 0; i < text.length; i++) {
      text[i] = table[bytes[i] & 0xff];
    }
    return new String(text);
  }

  /** MySQL's table of {@code tis620} itself has U+FFFD. */
  @Override
  public boolean standsFor(String text, byte[] bytes) {
    return TextDecoder.hasOwnQuestionMarksOnly(text, bytes) && text.indexOf(REPLACEMENT) < 0;
  }
}
