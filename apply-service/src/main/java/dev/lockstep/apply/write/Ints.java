package dev.lockstep.apply.write;

import java.util.Arrays;

/**
 * A growing list of numbers in arrays of 32 KiB: growing copies little, and none is so large that
 * the G1 collector keeps it apart, as it does with half a region in a small heap.
 */
final class Ints {
  private static final int BITS = 13;
  private static final int LENGTH = 1 << BITS;
  private static final int MASK = LENGTH - 1;
  private static final int FIRST = 16;

  private int[][] arrays = {new int[FIRST]};

  int get(int index) {
    return arrays[index >>> BITS][index & MASK];
  }

  /** Sets the number at an index, which is at most one beyond those that were set before. */
  void set(int index, int value) {
    int array = index >>> BITS;
    if (array == arrays.length) {
      arrays = Arrays.copyOf(arrays, array + 1);
      arrays[array] = new int[LENGTH];
    } else if ((index & MASK) == arrays[array].length) {
      arrays[array] = Arrays.copyOf(arrays[array], arrays[array].length * 2);
    }
    arrays[array][index & MASK] = value;
  }

  /** So many zeros. */
  static Ints zeros(int count) {
    var zeros = new Ints();
    int full = count >>> BITS;
    zeros.arrays = new int[Math.max(1, full)][Math.min(count, LENGTH)];
    return zeros;
  }
}
