package dev.lockstep.capture.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/** Reads numbers from bytes. Every method throws IndexOutOfBoundsException beyond their end. */
final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;

  LittleEndian(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  int uint8(int at) {
    return bytes[at] & 0xff;
  }

  int uint16(int at) {
    return (short) SHORT.get(bytes, at) & 0xffff;
  }

  int int32(int at) {
    return (int) INT.get(bytes, at);
  }

  long uint32(int at) {
    return Integer.toUnsignedLong(int32(at));
  }

  long int64(int at) {
    return (long) LONG.get(bytes, at);
  }

  private long unsigned(int at, int size) {
    return size == 2 ? uint16(at) : uint32(at);
  }

  /** The begin of a range, all of which there must be. */
  int range(int from, int length) {
    return Objects.checkFromIndexSize(from, length, bytes.length);
  }

  /** A number of two or four bytes that is less than the number of bytes: a place, or a count. */
  int offset(int at, int size) {
    long offset = unsigned(at, size);
    if (offset >= bytes.length) {
      throw new IndexOutOfBoundsException("No byte " + offset);
    }
    return (int) offset;
  }

  /**
   * A length in groups of seven bits, the lowest first; all but the last have the eighth bit set.
   */
  int length(int at) {
    long length = 0;
    for (int i = 0; i < 5; i++) {
      length |= (bytes[at + i] & 0x7fL) << (7 * i);
      if (bytes[at + i] >= 0) {
        return (int) Math.min(length, Integer.MAX_VALUE);
      }
    }
    throw new IndexOutOfBoundsException(at);
  }

  /** How many bytes a length takes. */
  int sizeOfLength(int at) {
    int size = 1;
    while (bytes[at + size - 1] < 0) {
      size++;
    }
    return size;
  }
}
