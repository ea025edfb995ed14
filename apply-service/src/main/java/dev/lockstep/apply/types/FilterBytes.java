package dev.lockstep.apply.types;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads what stands in a buffer from a place to its end. */
final class FilterBytes {
  private FilterBytes() {}

  /** A little-endian number without a sign of at most 8 bytes. */
  static long littleEndian(RowBuffer buffer, int start) {
    long value = 0;
    for (int i = buffer.size() - 1; i >= start; i--) {
      value = (value << 8) | buffer.byteAt(i);
    }
    return value;
  }

  /** A little-endian number. */
  static BigInteger number(RowBuffer buffer, int start, boolean unsigned) {
    byte[] bigEndian = new byte[buffer.size() - start];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = (byte) buffer.byteAt(buffer.size() - 1 - i);
    }
    return unsigned ? new BigInteger(1, bigEndian) : new BigInteger(bigEndian);
  }

  /** Compares a text, which stands behind its length, with another in UTF-8. */
  static int compareText(RowBuffer buffer, int start, byte[] utf8) {
    int from = afterLength(buffer, start);
    int length = buffer.size() - from;
    for (int i = 0; i < Math.min(length, utf8.length); i++) {
      int order = Integer.compare(buffer.byteAt(from + i), utf8[i] & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(length, utf8.length);
  }

  /** A text, which stands behind its length. */
  static String text(RowBuffer buffer, int start) {
    int from = afterLength(buffer, start);
    byte[] utf8 = new byte[buffer.size() - from];
    for (int i = 0; i < utf8.length; i++) {
      utf8[i] = (byte) buffer.byteAt(from + i);
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Where a text begins behind its length. */
  static int afterLength(RowBuffer buffer, int start) {
    int at = start;
    while (buffer.byteAt(at) >= 0x80) {
      at++;
    }
    return at + 1;
  }
}
