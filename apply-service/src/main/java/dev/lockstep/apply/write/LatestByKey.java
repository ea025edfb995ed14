package dev.lockstep.apply.write;

import java.util.Arrays;

/**
 * Finds the newest entry of each key among the entries of a block, which are numbered from 0 as
 * they are added. Keys are compared by their bytes, of which it keeps copies side by side: a
 * hundred thousand arrays would be much to look after for the collector. Not for use by several
 * threads at a time.
 */
final class LatestByKey {
  /** No entry gives way. */
  static final int NONE = -1;

  private static final int FIRST_SLOTS = 64;
  private static final byte[] NO_KEY = {};
  private static final int SPREAD = 0x9E3779B9;

  private final KeyBytes keys = new KeyBytes();
  private final Ints hashes = new Ints();
  private final Longs versions = new Longs();

  /** The newest entry of a key plus one, or 0. */
  private Ints slots = Ints.zeros(FIRST_SLOTS);

  private int slotCount = FIRST_SLOTS;
  private int size;

  /**
   * Adds the next entry.
   *
   * @return the entry that gives way to another of its key: an older one, or this one itself; else
   *     {@link #NONE}
   */
  int add(byte[] key, long version) {
    int entry = take(key, version);
    int hash = hashes.get(entry);
    int slot = find(hash, key);
    int known = slots.get(slot) - 1;
    if (known == NONE || versions.get(known) <= version) {
      slots.set(slot, entry + 1);
      return known;
    }
    return entry;
  }

  /** Adds the next entry, which is not compared with others. */
  void skip() {
    take(NO_KEY, 0);
  }

  /** The memory that the keys take, in bytes. */
  long keyBytes() {
    return keys.bytes();
  }

  private int take(byte[] key, long version) {
    if (size == slotCount / 2) {
      grow();
    }
    keys.add(key);
    hashes.set(size, Arrays.hashCode(key) * SPREAD);
    versions.set(size, version);
    return size++;
  }

  private int find(int hash, byte[] key) {
    int slot = firstSlot(hash);
    int held = slots.get(slot);
    while (held != 0) {
      if (hashes.get(held - 1) == hash && keys.isAt(held - 1, key)) {
        return slot;
      }
      slot = (slot + 1) & (slotCount - 1);
      held = slots.get(slot);
    }
    return slot;
  }

  private int firstSlot(int hash) {
    return hash >>> 7 & (slotCount - 1);
  }

  /** Those that are held have different keys. */
  private void grow() {
    Ints old = slots;
    int oldCount = slotCount;
    slotCount *= 2;
    slots = Ints.zeros(slotCount);
    for (int i = 0; i < oldCount; i++) {
      int held = old.get(i);
      if (held != 0) {
        int slot = firstSlot(hashes.get(held - 1));
        while (slots.get(slot) != 0) {
          slot = (slot + 1) & (slotCount - 1);
        }
        slots.set(slot, held);
      }
    }
  }
}
