package dev.lockstep.capture.chunks;

import dev.lockstep.capture.resets.TableRead;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.BinlogOffsetContext;
import io.debezium.connector.binlog.BinlogPartition;
import io.debezium.function.BlockingConsumer;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.relational.SnapshotChangeRecordEmitter;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;

/**
 * Hands rows on as Debezium's own snapshots do: {@code op} r, {@code source.snapshot} incremental,
 * or true where a table was read as a whole.
 */
public final class Emitter<P extends BinlogPartition> {
  private final BinlogConnectorConfig config;
  private final EventDispatcher<P, TableId> dispatcher;
  private final DataChangeEventListener<P> listener;
  private final Clock clock;
  private final BlockingConsumer<DataChangeEvent> queue;

  /**
   * For one run of a connector.
   *
   * @param queue takes what is no change of a row, behind what was dispatched before
   */
  public Emitter(
      BinlogConnectorConfig config,
      EventDispatcher<P, TableId> dispatcher,
      DataChangeEventListener<P> listener,
      Clock clock,
      BlockingConsumer<DataChangeEvent> queue) {
    this.config = config;
    this.dispatcher = dispatcher;
    this.listener = listener;
    this.clock = clock;
    this.queue = queue;
  }

  /** Each row's offset holds its own key, so that none is read again once it is committed. */
  void emit(P partition, BinlogOffsetContext<?> offset, Chunk chunk, Place place)
      throws InterruptedException {
    offset.incrementalSnapshotEvents();
    for (Chunk.Row row : chunk.rows()) {
      place.handedOn(row.key());
      emit(partition, offset, chunk.table(), row.values());
    }
    offset.postSnapshotCompletion();
    place.handedOn(chunk.lastKey());
  }

  private void emit(P partition, BinlogOffsetContext<?> offset, TableId table, Object[] row)
      throws InterruptedException {
    offset.event(table, clock.currentTimeAsInstant());
    emit(
        partition, table, new SnapshotChangeRecordEmitter<>(partition, offset, row, clock, config));
  }

  private void emit(P partition, TableId table, SnapshotChangeRecordEmitter<P> row)
      throws InterruptedException {
    dispatcher.dispatchSnapshotEvent(
        partition, table, row, dispatcher.getIncrementalSnapshotChangeEventReceiver(listener));
  }

  /**
   * Rows of a table that is read as a whole, as an initial snapshot's: all of a reading have the
   * same time. Their offsets are no place to go on from, for a reading begins anew.
   */
  void emit(P partition, BinlogOffsetContext<?> offset, WholeRows rows)
      throws InterruptedException {
    offset.incrementalSnapshotEvents();
    for (Object[] row : rows.rows()) {
      offset.event(rows.table(), rows.begun());
      emit(partition, rows.table(), new WholeTableRow<>(partition, offset, row, clock, config));
    }
    offset.postSnapshotCompletion();
  }

  /** Says that the table is read, and what is gone of it by that. */
  void tableRead(P partition, BinlogOffsetContext<?> offset, TableId table, long resetBefore)
      throws InterruptedException {
    queue.accept(
        new DataChangeEvent(
            new TableRead(table.identifier(), resetBefore)
                .at(partition.getSourcePartition(), offset.getOffset(), config.getLogicalName())));
  }

  void heartbeat(P partition, BinlogOffsetContext<?> offset) throws InterruptedException {
    dispatcher.alwaysDispatchHeartbeatEvent(partition, offset);
  }
}
