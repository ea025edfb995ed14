package dev.lockstep.apply.write;

import java.util.Arrays;

/** A growing list of long numbers, for the reasons of {@link Ints} in arrays of 32 KiB. */
final class Longs {
  private static final int BITS = 12;
  private static final int LENGTH = 1 << BITS;
  private static final int MASK = LENGTH - 1;
  private static final int FIRST = 16;

  private long[][] arrays = {new long[FIRST]};

  long get(int index) {
    return arrays[index >>> BITS][index & MASK];
  }

  /** Sets the number at an index, which is at most one beyond those that were set before. */
  void set(int index, long value) {
    int array = index >>> BITS;
    if (array == arrays.length) {
      arrays = Arrays.copyOf(arrays, array + 1);
      arrays[array] = new long[LENGTH];
    } else if ((index & MASK) == arrays[array].length) {
      arrays[array] = Arrays.copyOf(arrays[array], arrays[array].length * 2);
    }
    arrays[array][index & MASK] = value;
  }
}
