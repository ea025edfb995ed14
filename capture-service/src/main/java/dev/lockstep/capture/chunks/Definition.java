package dev.lockstep.capture.chunks;

import dev.lockstep.common.snapshot.SnapshotCommand;
import io.debezium.relational.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the source says of tables that the stream does not know. Until the stream is there, their
 * rows are left out of it: a snapshot reads them.
 *
 * @param tables those that the source has
 * @param begins the snapshot that begins once they are known; null for one that has begun
 */
record Definition(
    List<Statements> tables, @Nullable SnapshotCommand begins, String readAt, long ddl)
    implements Waiting {
  /**
   * A table.
   *
   * @param statements that make it, and its database where that is unknown too
   */
  record Statements(TableId table, List<String> statements) {}

  @Override
  public String what() {
    return tables.size() + " definitions";
  }

  /** A DDL since may have made the table another, or taken it away. */
  @Override
  public boolean isOutdated(long ddlNow) {
    return ddl != ddlNow;
  }

  @Override
  public boolean isDue(StreamPosition stream) {
    return stream.isPast(readAt);
  }
}
