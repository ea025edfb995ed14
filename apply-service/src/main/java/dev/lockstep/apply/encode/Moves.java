package dev.lockstep.apply.encode;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether an update moves its row to another place in the target, as a column of the sorting key
 * changed that is not of the source's key.
 */
final class Moves {
  private final RowEncoder rows;
  private final int[] indexes;
  private final RowBuffer was = new RowBuffer(0);
  private final RowBuffer is = new RowBuffer(0);

  Moves(RowEncoder rows, List<TargetColumn> columns, List<String> moving) {
    this.rows = rows;
    this.indexes =
        IntStream.range(0, columns.size())
            .filter(i -> moving.contains(columns.get(i).name()))
            .toArray();
  }

  boolean arePossible() {
    return indexes.length > 0;
  }

  /**
   * Whether the row after stands elsewhere than the row before. A row before that was refused when
   * it came stands nowhere.
   */
  boolean isMove(Envelope envelope) {
    is.truncate(0);
    rows.encodeSome(indexes, envelope, envelope.after(), is);
    was.truncate(0);
    try {
      rows.encodeSome(indexes, envelope, envelope.before(), was);
    } catch (RecordFault e) {
      if (e.column() == null) {
        throw e;
      }
      return false;
    }
    return !was.hasBytesOf(is);
  }
}
