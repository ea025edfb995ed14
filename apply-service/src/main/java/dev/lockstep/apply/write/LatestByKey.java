package dev.lockstep.apply.write;

import java.util.Arrays;

/**
 * Finds the newest entry of each key among the entries of a block, which are numbered from 0 as
 * they are added. Keys are compared by their bytes. Not for use by several threads at a time.
 */
final class LatestByKey {
  /** No entry gives way. */
  static final int NONE = -1;

  private static final int FIRST_SLOTS = 64;
  private static final byte[] NO_KEY = {};
  private static final int SPREAD = 0x9E3779B9;

  private byte[][] keys = new byte[FIRST_SLOTS / 2][];
  private int[] hashes = new int[FIRST_SLOTS / 2];
  private long[] versions = new long[FIRST_SLOTS / 2];

  /** The newest entry of a key plus one, or 0. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  /**
   * Adds the next entry.
   *
   * @return the entry that gives way to another of its key: an older one, or this one itself; else
   *     {@link #NONE}
   */
  int add(byte[] key, long version) {
    int entry = take(key, version);
    int hash = hashes[entry];
    int slot = find(hash, key);
    int known = slots[slot] - 1;
    if (known == NONE || versions[known] <= version) {
      slots[slot] = entry + 1;
      return known;
    }
    return entry;
  }

  /** Adds the next entry, which is not compared with others. */
  void skip() {
    take(NO_KEY, 0);
  }

  private int take(byte[] key, long version) {
    if (size == keys.length) {
      grow();
    }
    keys[size] = key;
    hashes[size] = Arrays.hashCode(key) * SPREAD;
    versions[size] = version;
    return size++;
  }

  private int find(int hash, byte[] key) {
    int mask = slots.length - 1;
    int slot = hash >>> 7 & mask;
    while (slots[slot] != 0) {
      int known = slots[slot] - 1;
      if (hashes[known] == hash && Arrays.equals(keys[known], key)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int capacity = keys.length * 2;
    keys = Arrays.copyOf(keys, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    versions = Arrays.copyOf(versions, capacity);
    int[] old = slots;
    slots = new int[capacity * 2];
    for (int held : old) {
      if (held != 0) {
        slots[find(hashes[held - 1], keys[held - 1])] = held;
      }
    }
  }
}
