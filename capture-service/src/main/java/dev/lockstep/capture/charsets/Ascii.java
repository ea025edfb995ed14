package dev.lockstep.capture.charsets;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The way round a table for text that has none but ASCII characters. */
final class Ascii {
  private Ascii() {}

  /** The text if it is all ASCII, else null. */
  static @Nullable String text(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return null;
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
