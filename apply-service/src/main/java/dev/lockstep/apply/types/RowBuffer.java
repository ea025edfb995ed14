package dev.lockstep.apply.types;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** Growing memory for rows in ClickHouse's RowBinary: little-endian, without padding. */
public final class RowBuffer {
  private byte[] bytes;
  private int size;
  private boolean altered;
  private final OutputStream end = new RowBufferEnd(this);

  /** Empty, with room for so many bytes. */
  public RowBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes it holds. */
  public int size() {
    return size;
  }

  /** Forgets everything beyond the first {@code length} bytes. */
  public void truncate(int length) {
    size = length;
  }

  /** Writes all of it. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** Writes the bytes from one to before another. */
  public void writeTo(OutputStream out, int from, int to) throws IOException {
    out.write(bytes, from, to - from);
  }

  /** A copy of all of it. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Whether both hold the same. */
  public boolean hasBytesOf(RowBuffer other) {
    return Arrays.equals(bytes, 0, size, other.bytes, 0, other.size);
  }

  /** What is written there is appended. */
  OutputStream end() {
    return end;
  }

  /** Puts the length of what was appended since {@code start} in front of it. */
  void insertLength(int start, int length) {
    int moved = size - start;
    putVarInt(length);
    int width = size - start - moved;
    System.arraycopy(bytes, start, bytes, start + width, moved);
    int written = size;
    size = start;
    putVarInt(length);
    size = written;
  }

  /** Overwrites what stands there. */
  void replaceLittleEndian(int start, long value, int width) {
    int written = size;
    size = start;
    putLittleEndian(value, width);
    size = written;
  }

  /** The byte that stands there, as 0 to 255. */
  int byteAt(int index) {
    return bytes[index] & 0xff;
  }

  /** The last bytes as a big-endian two's complement number of at most 8 bytes. */
  long takeBigEndian(int length) {
    size -= length;
    long value = bytes[size];
    for (int i = 1; i < length; i++) {
      value = (value << 8) | byteAt(size + i);
    }
    return value;
  }

  /** The last bytes as a little-endian number without a sign of at most 8 bytes. */
  long takeLittleEndian(int length) {
    size -= length;
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << 8) | byteAt(size + i);
    }
    return value;
  }

  /** The last bytes as a big-endian two's complement number. */
  BigInteger takeBigInteger(int length) {
    return new BigInteger(takeBytes(length));
  }

  /** The last bytes. */
  byte[] takeBytes(int length) {
    size -= length;
    return Arrays.copyOfRange(bytes, size, size + length);
  }

  /** Characters of ASCII without a length. */
  void putAscii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /** A number in so many decimal digits, with zeros in front. */
  void putDigits(long value, int digits) {
    room(digits);
    long rest = value;
    for (int i = digits - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  void putByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** The low bytes of a value. */
  void putLittleEndian(long value, int width) {
    room(width);
    long rest = value;
    for (int i = 0; i < width; i++) {
      bytes[size++] = (byte) rest;
      rest >>= 8;
    }
  }

  /**
   * Turns the last {@code length} bytes, a big-endian two's complement number, into a little-endian
   * one of {@code width} bytes, which is no less.
   */
  void widen(int length, int width) {
    room(width - length);
    int start = size - length;
    byte sign = (byte) (bytes[start] < 0 ? -1 : 0);
    for (int i = start, j = size - 1; i < j; i++, j--) {
      byte moved = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = moved;
    }
    Arrays.fill(bytes, size, start + width, sign);
    size = start + width;
  }

  /** Compares the last bytes with a number, both little-endian two's complement. */
  int compareLast(byte[] number) {
    int start = size - number.length;
    int top = number.length - 1;
    int order = Byte.compare(bytes[start + top], number[top]);
    for (int i = top - 1; order == 0 && i >= 0; i--) {
      order = Byte.compareUnsigned(bytes[start + i], number[i]);
    }
    return order;
  }

  /** A length, as RowBinary writes those of texts and arrays. */
  public void putVarInt(int value) {
    room(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void putBytes(byte[] value) {
    putBytes(value, 0, value.length);
  }

  void putBytes(byte[] value, int offset, int length) {
    room(length);
    System.arraycopy(value, offset, bytes, size, length);
    size += length;
  }

  /** Characters as UTF-8 without a length; surrogates must be paired. */
  void putUtf8(char[] chars, int offset, int length, int encodedLength) {
    room(encodedLength);
    if (encodedLength == length) {
      for (int i = 0; i < length; i++) {
        bytes[size++] = (byte) chars[offset + i];
      }
      return;
    }
    for (int i = offset; i < offset + length; i++) {
      if (Character.isHighSurrogate(chars[i])) {
        putCodePoint(Character.toCodePoint(chars[i], chars[++i]));
      } else {
        putCodePoint(chars[i]);
      }
    }
  }

  private void putCodePoint(int c) {
    if (c < 0x80) {
      bytes[size++] = (byte) c;
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xc0 | (c >> 6));
      bytes[size++] = (byte) (0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      bytes[size++] = (byte) (0xe0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[size++] = (byte) (0x80 | (c & 0x3f));
    } else {
      bytes[size++] = (byte) (0xf0 | (c >> 18));
      bytes[size++] = (byte) (0x80 | ((c >> 12) & 0x3f));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[size++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  /** The columns that follow a row's own: its version, and a byte that says what it means. */
  public void putVersion(long version, int mark) {
    putLittleEndian(version, Long.BYTES);
    putByte(mark);
  }

  /**
   * The columns that follow the row of a change: its version, what it tells of and when, which
   * {@link #setChange} says once it is known.
   */
  public void putChange(long version) {
    putLittleEndian(version, Long.BYTES);
    putByte(0);
    putLittleEndian(0, Long.BYTES);
  }

  /**
   * Says what a change that was put tells of.
   *
   * @param start where it was put
   * @param op the number of what it tells of
   * @param sourceMicros when it was committed in the source, in microseconds since 1970
   */
  public void setChange(int start, int op, long sourceMicros) {
    replaceLittleEndian(start + Long.BYTES, op, 1);
    replaceLittleEndian(start + Long.BYTES + 1, sourceMicros, Long.BYTES);
  }

  /** A text that was turned into UTF-8 before. */
  public void putText(byte[] utf8) {
    putVarInt(utf8.length);
    putBytes(utf8);
  }

  /** Notes that the value which is being written is not the source's. */
  void markAltered() {
    altered = true;
  }

  /** Whether a value was altered since this was asked last. */
  public boolean takeAltered() {
    boolean taken = altered;
    altered = false;
    return taken;
  }

  private void room(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
    }
  }
}
