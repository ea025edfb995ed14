package dev.lockstep.capture.chunks;

import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.relational.SnapshotChangeRecordEmitter;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;

/**
 * Hands rows on as Debezium's own snapshots do: {@code op} r, {@code source.snapshot} incremental.
 */
public final class Emitter {
  private final MySqlConnectorConfig config;
  private final EventDispatcher<MySqlPartition, TableId> dispatcher;
  private final DataChangeEventListener<MySqlPartition> listener;
  private final Clock clock;

  /** For one run of a connector. */
  public Emitter(
      MySqlConnectorConfig config,
      EventDispatcher<MySqlPartition, TableId> dispatcher,
      DataChangeEventListener<MySqlPartition> listener,
      Clock clock) {
    this.config = config;
    this.dispatcher = dispatcher;
    this.listener = listener;
    this.clock = clock;
  }

  /** Each row's offset holds its own key, so that none is read again once it is committed. */
  void emit(MySqlPartition partition, MySqlOffsetContext offset, Chunk chunk, Place place)
      throws InterruptedException {
    offset.incrementalSnapshotEvents();
    for (Chunk.Row row : chunk.rows()) {
      place.handedOn(row.key());
      emit(partition, offset, chunk.table(), row.values());
    }
    offset.postSnapshotCompletion();
    place.handedOn(chunk.lastKey());
  }

  private void emit(
      MySqlPartition partition, MySqlOffsetContext offset, TableId table, Object[] row)
      throws InterruptedException {
    offset.event(table, clock.currentTimeAsInstant());
    dispatcher.dispatchSnapshotEvent(
        partition,
        table,
        new SnapshotChangeRecordEmitter<>(partition, offset, row, clock, config),
        dispatcher.getIncrementalSnapshotChangeEventReceiver(listener));
  }

  void heartbeat(MySqlPartition partition, MySqlOffsetContext offset) throws InterruptedException {
    dispatcher.alwaysDispatchHeartbeatEvent(partition, offset);
  }
}
