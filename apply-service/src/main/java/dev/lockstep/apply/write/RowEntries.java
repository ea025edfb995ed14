package dev.lockstep.apply.write;

import dev.lockstep.apply.types.RowBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The encoded rows of a block, one entry for what a record became: an entry can be taken out again,
 * and a part of the entries written. Memory grows by pieces, so that growing copies little, each of
 * less than half a region of the G1 collector in a small heap, which would keep it apart. Not for
 * use by several threads at a time.
 */
final class RowEntries {
  private static final int FIRST_CAPACITY = 4 * 1024;
  private static final int PIECE = 384 * 1024;

  /** What an entry costs beside its bytes. */
  private static final int OVERHEAD = 64;

  /** For an entry that is no record's own row: the removal of an older state. */
  static final int NOBODY = -1;

  private final List<RowBuffer> pieces = new ArrayList<>();
  private RowBuffer last = new RowBuffer(FIRST_CAPACITY);
  private long full;
  private int size;
  private int rows;
  private final Ints piece = new Ints();
  private final Ints begin = new Ints();
  private final Ints rowsOf = new Ints();
  private final Ints partition = new Ints();
  private final Longs offset = new Longs();
  private final BitSet gone = new BitSet();
  private final BitSet counted = new BitSet();

  RowEntries() {
    pieces.add(last);
  }

  /** Where the next entry's rows are to be appended, before {@link #add}. */
  RowBuffer buffer() {
    if (last.size() >= PIECE) {
      full += last.size();
      last = new RowBuffer(PIECE + PIECE / 8);
      pieces.add(last);
    }
    return last;
  }

  /**
   * Makes an entry of what was appended since {@code start}.
   *
   * @param ofPartition the number of its record's partition, or {@link #NOBODY}
   * @param ofOffset the record's offset
   * @param isCounted whether the record is counted as applied by these rows, not by another table's
   */
  void add(int start, int rowCount, int ofPartition, long ofOffset, boolean isCounted) {
    piece.set(size, pieces.size() - 1);
    begin.set(size, start);
    rowsOf.set(size, rowCount);
    partition.set(size, ofPartition);
    offset.set(size, ofOffset);
    counted.set(size, isCounted);
    size++;
    rows += rowCount;
  }

  /** Takes an entry out. */
  void remove(int entry) {
    gone.set(entry);
    rows -= rowsOf.get(entry);
  }

  /** Leaves an entry in, but its record is not counted by it any more. */
  void discount(int entry) {
    counted.clear(entry);
  }

  boolean isCounted(int entry) {
    return counted.get(entry);
  }

  boolean isRemoved(int entry) {
    return gone.get(entry);
  }

  /** How many entries were added, those that were taken out too. */
  int size() {
    return size;
  }

  /** How many rows the entries that are left have. */
  int rows() {
    return rows;
  }

  /** How many rows the entries from one to before another have that are left. */
  int rows(int from, int to) {
    int count = 0;
    for (int entry = gone.nextClearBit(from); entry < to; entry = gone.nextClearBit(entry + 1)) {
      count += rowsOf.get(entry);
    }
    return count;
  }

  /** The memory that they take, in bytes. */
  long bytes() {
    return full + last.size() + (long) size * OVERHEAD;
  }

  int partition(int entry) {
    return partition.get(entry);
  }

  long offset(int entry) {
    return offset.get(entry);
  }

  /** Writes the entries from one to before another that are left, in as few pieces as can be. */
  void writeTo(OutputStream out, int from, int to) throws IOException {
    int entry = gone.nextClearBit(from);
    while (entry < to) {
      int end = Math.min(endOfRun(entry), to);
      write(out, entry, end);
      entry = gone.nextClearBit(end);
    }
  }

  /** The entry behind those that stand side by side in one piece and are left. */
  private int endOfRun(int entry) {
    int end = entry + 1;
    while (end < size && piece.get(end) == piece.get(entry) && !gone.get(end)) {
      end++;
    }
    return end;
  }

  private void write(OutputStream out, int from, int to) throws IOException {
    RowBuffer of = pieces.get(piece.get(from));
    int end = to < size && piece.get(to) == piece.get(from) ? begin.get(to) : of.size();
    of.writeTo(out, begin.get(from), end);
  }
}
