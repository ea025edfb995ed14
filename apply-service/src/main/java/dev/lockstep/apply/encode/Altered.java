package dev.lockstep.apply.encode;

import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import java.nio.charset.StandardCharsets;

/**
 * The column {@code _altered Array(LowCardinality(String))} of a row: which of its values are not
 * the source's, because a policy says so. Tables without such a policy don't have it.
 */
final class Altered {
  private final boolean possible;
  private final byte[][] names;
  private final int[] indexes;
  private int count;

  Altered(TargetColumn[] columns) {
    names = new byte[columns.length][];
    indexes = new int[columns.length];
    boolean any = false;
    for (int i = 0; i < columns.length; i++) {
      names[i] = columns[i].name().getBytes(StandardCharsets.UTF_8);
      any |= columns[i].alters();
    }
    possible = any;
  }

  /** Begins a row. */
  void clear(RowBuffer out) {
    if (possible) {
      out.takeAltered();
      count = 0;
    }
  }

  /** Remembers the column whose value was just written, if it was altered. */
  void note(int index, RowBuffer out) {
    if (out.takeAltered()) {
      indexes[count++] = index;
    }
  }

  /** Writes the names, in the columns' order. */
  void encode(RowBuffer out) {
    if (!possible) {
      return;
    }
    out.putVarInt(count);
    for (int i = 0; i < count; i++) {
      out.putText(names[indexes[i]]);
    }
  }
}
