package dev.lockstep.capture.charsets;

/** GB 18030's sequences of four bytes, in its own order. */
final class Gb18030 {
  /** From {@code 81308130} to {@code FE39FE39}. */
  static final int QUADRUPLES = 126 * 10 * 126 * 10;

  private Gb18030() {}

  /** So many sequences from this one on, end to end. */
  static byte[] quadruples(int from, int count) {
    byte[] bytes = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      int index = from + i;
      bytes[4 * i + 3] = (byte) (0x30 + index % 10);
      bytes[4 * i + 2] = (byte) (0x81 + index / 10 % 126);
      bytes[4 * i + 1] = (byte) (0x30 + index / 1260 % 10);
      bytes[4 * i] = (byte) (0x81 + index / 12600);
    }
    return bytes;
  }
}
