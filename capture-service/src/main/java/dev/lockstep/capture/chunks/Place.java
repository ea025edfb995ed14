package dev.lockstep.capture.chunks;

import io.debezium.pipeline.source.snapshot.incremental.AbstractIncrementalSnapshotContext;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.TableId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a snapshot has come. It is kept in Debezium's own context of incremental snapshots, which
 * is a part of the source offset, so it is committed with the rows themselves. In place of names,
 * which Debezium can't write and read again when they hold dots or quotes, it holds the number of
 * each table in the request; keys are texts.
 */
final class Place {
  /** Between a table's number and the version that its reset is before. */
  private static final String RESET = "@";

  private final AbstractIncrementalSnapshotContext<TableId> context;

  @SuppressWarnings("unchecked") // MySQL's offsets have contexts of tables
  Place(OffsetContext offset) {
    this.context =
        (AbstractIncrementalSnapshotContext<TableId>) offset.getIncrementalSnapshotContext();
  }

  /** After a start, what was loaded counts as handed on. */
  void resume() {
    context.sendEvent(context.chunkEndPosititon());
  }

  boolean isRunning() {
    return context.snapshotRunning();
  }

  /** The snapshot that was begun and has not ended. */
  @Nullable String snapshot() {
    return context.getCorrelationId();
  }

  /**
   * A snapshot begins.
   *
   * @param resetBefore rows of a lower version are gone once their table is read; null for none
   */
  void begin(String id, int tables, @Nullable Long resetBefore) {
    String end = resetBefore == null ? "" : RESET + resetBefore;
    List<String> numbers = IntStream.range(0, tables).mapToObj(i -> i + end).toList();
    var _ = context.addDataCollectionNamesToSnapshot(id, numbers, List.of(), "");
  }

  /** The number of the table that is being read. */
  int table() {
    return Integer.parseInt(named().split(RESET, 2)[0]);
  }

  /** What is gone once the table is read: rows of a lower version; null for none. */
  @Nullable Long resetBefore() {
    String[] parts = named().split(RESET, 2);
    return parts.length == 1 ? null : Long.valueOf(parts[1]);
  }

  private String named() {
    return context.currentDataCollectionId().getId().table();
  }

  /** The key that the table is read to, or null when it was not begun. */
  @Nullable List<String> lastKey() {
    return context.maximumKey().map(Place::texts).orElse(null);
  }

  void readTo(List<String> lastKey) {
    context.maximumKey(lastKey.toArray());
  }

  /** The last key that was handed on, or null for none. */
  @Nullable List<String> after() {
    Object[] key = context.chunkEndPosititon();
    return key == null ? null : texts(key);
  }

  void handedOn(List<String> key) {
    context.nextChunkPosition(key.toArray());
    context.sendEvent(key.toArray());
  }

  /** The table is read again from its first row. */
  @SuppressWarnings("NullAway") // Debezium's null is "none yet"
  void restartTable() {
    context.nextChunkPosition(null);
    context.sendEvent(null);
    context.maximumKey(null);
  }

  void nextTable() {
    var _ = context.nextDataCollection();
  }

  void end() {
    while (context.snapshotRunning()) {
      nextTable();
    }
    context.unsetCorrelationId();
  }

  private static List<String> texts(Object[] key) {
    return Arrays.stream(key).map(String.class::cast).toList();
  }
}
