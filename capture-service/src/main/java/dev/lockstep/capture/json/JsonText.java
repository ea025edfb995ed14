package dev.lockstep.capture.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text in the making, as UTF-8. */
final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  JsonText(int capacity) {
    bytes = new byte[capacity];
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
    }
  }

  void ascii(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  void ascii(String text) {
    int count = text.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  void number(long value) {
    ascii(Long.toString(value));
  }

  /** A number with zeros before it, up to this many digits. */
  void padded(long value, int digits) {
    String text = Long.toString(value);
    for (int i = text.length(); i < digits; i++) {
      ascii('0');
    }
    ascii(text);
  }

  /** UTF-8 as a JSON string, with the escapes that MySQL uses and no others. */
  void quoted(byte[] utf8, int from, int count) {
    reserve(count + 2);
    bytes[length++] = '"';
    int copied = from;
    int end = from + count;
    for (int i = from; i < end; i++) {
      byte b = utf8[i];
      if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
        copy(utf8, copied, i);
        escaped(b);
        copied = i + 1;
      }
    }
    copy(utf8, copied, end);
    ascii('"');
  }

  private void copy(byte[] utf8, int from, int to) {
    reserve(to - from);
    System.arraycopy(utf8, from, bytes, length, to - from);
    length += to - from;
  }

  private void escaped(byte b) {
    switch (b) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\b' -> ascii("\\b");
      case '\t' -> ascii("\\t");
      case '\n' -> ascii("\\n");
      case '\f' -> ascii("\\f");
      case '\r' -> ascii("\\r");
      default -> {
        ascii("\\u00");
        ascii((char) HEX[b >> 4]);
        ascii((char) HEX[b & 0xf]);
      }
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
