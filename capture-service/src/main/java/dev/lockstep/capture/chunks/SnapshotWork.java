package dev.lockstep.capture.chunks;

import dev.lockstep.common.snapshot.SnapshotCommand;
import io.debezium.relational.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to read for one connector, and who is told how it goes. Called on the stream's own
 * thread.
 */
public interface SnapshotWork {
  /** What to do now. */
  sealed interface Next {
    /** Nothing: all is done, or paused. */
    record Nothing() implements Next {}

    /** Read on. */
    record Read(SnapshotCommand request) implements Next {}

    /** Leave the snapshot that was begun as it is. */
    record Drop() implements Next {}
  }

  /** Whether there is nothing to read, which is so nearly always; costs nothing. */
  boolean isIdle();

  /** Whether a snapshot that has not ended reads this whole table. */
  boolean reads(TableId table);

  /**
   * Tables that were added to the config, and of which no snapshot has begun.
   *
   * @param begun the id of the snapshot that was begun and has not ended, or null
   */
  List<TableId> added(@Nullable String begun);

  /**
   * Before which version a snapshot of added tables that begins in this run resets them: above all
   * that earlier runs gave, and not above the first of this run.
   */
  long resetBefore();

  /** Whether the engine shall end, so that no long work is begun any more. */
  boolean isClosing();

  /**
   * What to do now.
   *
   * @param begun the id of the snapshot that was begun and has not ended, or null
   */
  Next next(@Nullable String begun);

  /** A snapshot goes on with this table; those before it are read. */
  void at(String id, int table);

  /** A table's rows are estimated. */
  void estimated(String id, int table, long rows);

  /** Rows of a table are handed on; none with what its end makes void. */
  void read(String id, int table, int rows);

  /** A table is read to its end, or can't be read, for a reason. */
  void tableEnded(String id, int table, @Nullable String failure);

  /** A snapshot's last row is handed on, or it was dropped. */
  void ended(String id);
}
