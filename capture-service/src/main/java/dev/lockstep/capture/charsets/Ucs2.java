package dev.lockstep.capture.charsets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * MySQL's {@code ucs2}: two bytes for each character, and none beyond U+FFFF. A surrogate, which a
 * column can hold, stands for no character here, whatever follows it.
 */
record Ucs2() implements TextDecoder {
  @Override
  public String decode(byte[] bytes) {
    char[] text = new char[bytes.length / 2];
    for (int i = 0; i < text.length; i++) {
      char c = (char) ((bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff));
      text[i] = Character.isSurrogate(c) ? UNKNOWN : c;
    }
    return new String(text);
  }

  @Override
  public boolean standsFor(String text, byte[] bytes) {
    return text.indexOf(UNKNOWN) < 0
        || Arrays.equals(text.getBytes(StandardCharsets.UTF_16BE), bytes);
  }
}
