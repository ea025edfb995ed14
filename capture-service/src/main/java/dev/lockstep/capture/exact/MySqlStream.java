package dev.lockstep.capture.exact;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import dev.lockstep.capture.chunks.UnknownTables;
import dev.lockstep.capture.source.BinlogWatch;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlDatabaseSchema;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSource;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSourceMetrics;
import io.debezium.connector.mysql.MySqlTaskContext;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.relational.TableId;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.util.Clock;

/** Debezium's stream of MySQL's binlog, which ends with its connection. */
public final class MySqlStream extends MySqlStreamingChangeEventSource {
  private final ErrorHandler errors;
  private final BinaryLogClient client;
  private final UnknownTables unknown;

  /** For one run of a connector. */
  public MySqlStream(
      MySqlConnectorConfig config,
      BinlogConnectorConnection connection,
      EventDispatcher<MySqlPartition, TableId> dispatcher,
      ErrorHandler errors,
      Clock clock,
      MySqlTaskContext task,
      MySqlDatabaseSchema schema,
      MySqlStreamingChangeEventSourceMetrics metrics,
      SnapshotterService snapshotters,
      BinaryLogClient client) {
    super(
        config, connection, dispatcher, errors, clock, task, schema, metrics, snapshotters, client);
    this.errors = errors;
    this.client = client;
    this.unknown = new UnknownTables(config, schema);
  }

  @Override
  public void execute(
      ChangeEventSourceContext context, MySqlPartition partition, MySqlOffsetContext offset)
      throws InterruptedException {
    try (var _ = new BinlogWatch(client, errors, context::isRunning)) {
      super.execute(context, partition, offset);
    }
  }

  @Override
  protected void handleUpdateTableMetadata(
      MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    TableMapEventData map = unwrapData(event);
    if (!unknown.isLeftToSnapshot(map)) {
      super.handleUpdateTableMetadata(partition, offset, event);
    }
  }
}
