package dev.lockstep.capture.charsets;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * A Unicode encoding that Java reads as MySQL does. Unlike the ones that Connector/J names for
 * MySQL's {@code utf16} and {@code utf32}, it takes no character for a byte order mark.
 */
record JavaCharset(Charset charset) implements TextDecoder {
  @Override
  public String decode(byte[] bytes) {
    return new String(bytes, charset);
  }

  @Override
  public boolean standsFor(String text, byte[] bytes) {
    return text.indexOf(REPLACEMENT) < 0 || Arrays.equals(text.getBytes(charset), bytes);
  }
}
