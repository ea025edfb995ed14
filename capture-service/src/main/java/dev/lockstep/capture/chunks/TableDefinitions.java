package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.BinlogDatabaseSchema;
import io.debezium.connector.binlog.BinlogOffsetContext;
import io.debezium.connector.binlog.BinlogPartition;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.relational.TableId;
import io.debezium.schema.SchemaChangeEvent;
import io.debezium.util.Clock;

/** Makes tables known to the stream, and to the schema history at the stream's place. */
public final class TableDefinitions<P extends BinlogPartition, O extends BinlogOffsetContext<?>> {
  private final BinlogDatabaseSchema<P, O, ?, ?> schema;
  private final EventDispatcher<P, TableId> dispatcher;
  private final Clock clock;

  /** For one run of a connector. */
  public TableDefinitions(
      BinlogDatabaseSchema<P, O, ?, ?> schema,
      EventDispatcher<P, TableId> dispatcher,
      Clock clock) {
    this.schema = schema;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /** A table that the stream has created meanwhile is better known by that. */
  void add(P partition, O offset, Definition definition) throws InterruptedException {
    for (Definition.Statements table : definition.tables()) {
      if (schema.tableFor(table.table()) == null) {
        for (String statement : table.statements()) {
          apply(partition, offset, table.table().catalog(), statement);
        }
      }
    }
  }

  private void apply(P partition, O offset, String database, String statement)
      throws InterruptedException {
    for (SchemaChangeEvent change :
        schema.parseSnapshotDdl(
            partition, statement, database, offset, clock.currentTimeAsInstant())) {
      dispatch(partition, offset, change);
    }
  }

  private void dispatch(P partition, O offset, SchemaChangeEvent change)
      throws InterruptedException {
    TableId table = change.getTables().isEmpty() ? null : change.getTables().iterator().next().id();
    dispatcher.dispatchSchemaChangeEvent(
        partition, offset, table, receiver -> receiver.schemaChangeEvent(change));
  }
}
