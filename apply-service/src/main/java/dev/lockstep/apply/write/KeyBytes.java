package dev.lockstep.apply.write;

import java.util.Arrays;

/** The bytes of keys side by side, in pieces of 128 KiB. */
final class KeyBytes {
  private static final int BITS = 17;
  private static final int PIECE = 1 << BITS;
  private static final int FIRST = 1024;

  private byte[][] pieces = {new byte[FIRST]};
  private int last;
  private int used;
  private long bytes;
  private final Ints begins = new Ints();
  private final Ints lengths = new Ints();
  private int size;

  /** Adds the next key. */
  void add(byte[] key) {
    makeRoom(key.length);
    System.arraycopy(key, 0, pieces[last], used, key.length);
    begins.set(size, last << BITS | used);
    lengths.set(size, key.length);
    size++;
    used += key.length;
    bytes += key.length;
  }

  private void makeRoom(int length) {
    int capacity = pieces[last].length;
    if (used + length <= capacity && used < PIECE) {
      return;
    }
    if (used + length <= PIECE && used < PIECE) {
      int doubled = Math.max(capacity * 2, used + length);
      pieces[last] = Arrays.copyOf(pieces[last], Math.min(PIECE, doubled));
      return;
    }
    // A key that is larger than a piece has one of its own.
    last++;
    pieces = Arrays.copyOf(pieces, last + 1);
    pieces[last] = new byte[Math.max(PIECE, length)];
    used = 0;
  }

  /** Whether the key that was added as this one is equal. */
  boolean isAt(int index, byte[] key) {
    int length = lengths.get(index);
    int address = begins.get(index);
    int begin = address & PIECE - 1;
    return length == key.length
        && Arrays.equals(pieces[address >>> BITS], begin, begin + length, key, 0, length);
  }

  /** The bytes of all of them. */
  long bytes() {
    return bytes;
  }
}
