package dev.lockstep.apply.types;

import java.io.OutputStream;

/** Appends to a buffer. */
final class RowBufferEnd extends OutputStream {
  private final RowBuffer buffer;

  RowBufferEnd(RowBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public void write(int value) {
    buffer.putByte(value);
  }

  @Override
  public void write(byte[] value, int offset, int length) {
    buffer.putBytes(value, offset, length);
  }
}
