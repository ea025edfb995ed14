package dev.lockstep.capture.chunks;

import io.debezium.connector.SnapshotRecord;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.BinlogOffsetContext;
import io.debezium.connector.binlog.BinlogPartition;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.SnapshotChangeRecordEmitter;
import io.debezium.relational.TableSchema;
import io.debezium.util.Clock;
import org.apache.kafka.connect.data.Struct;

/**
 * A row whose {@code source.snapshot} is true. Debezium takes the offset of such a row to be one of
 * the initial snapshot, so the row alone says so.
 */
final class WholeTableRow<P extends BinlogPartition> extends SnapshotChangeRecordEmitter<P> {
  WholeTableRow(
      P partition,
      BinlogOffsetContext<?> offset,
      Object[] row,
      Clock clock,
      BinlogConnectorConfig config) {
    super(partition, offset, row, clock, config);
  }

  @Override
  protected void emitReadRecord(Receiver<P> receiver, TableSchema table)
      throws InterruptedException {
    var offset = (BinlogOffsetContext<?>) getOffset();
    offset.markSnapshotRecord(SnapshotRecord.TRUE);
    Struct source = offset.getSourceInfo();
    offset.incrementalSnapshotEvents();
    Object[] row = getNewColumnValues();
    Struct envelope =
        table
            .getEnvelopeSchema()
            .read(table.valueFromColumnData(row), source, getClock().currentTimeAsInstant());
    receiver.changeRecord(
        getPartition(),
        table,
        Operation.READ,
        table.keyFromColumnData(row),
        envelope,
        offset,
        null);
  }
}
