package dev.lockstep.capture.exact;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.MariadbGtidEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import dev.lockstep.capture.chunks.UnknownTables;
import dev.lockstep.capture.source.BinlogWatch;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mariadb.MariaDbConnectorConfig;
import io.debezium.connector.mariadb.MariaDbDatabaseSchema;
import io.debezium.connector.mariadb.MariaDbOffsetContext;
import io.debezium.connector.mariadb.MariaDbPartition;
import io.debezium.connector.mariadb.MariaDbStreamingChangeEventSource;
import io.debezium.connector.mariadb.MariaDbTaskContext;
import io.debezium.connector.mariadb.metrics.MariaDbStreamingChangeEventSourceMetrics;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.relational.TableId;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.util.Clock;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's stream of MariaDB's binlog, in which a DDL's transaction ends. MariaDB writes a GTID
 * before a DDL and no COMMIT after it; Debezium takes its transaction to go on until the next one
 * begins, and reads the DDL again after a restart, when its table is changed already. It ends with
 * its connection.
 */
public final class MariaDbStream extends MariaDbStreamingChangeEventSource {
  private final EventDispatcher<MariaDbPartition, TableId> dispatcher;
  private final ErrorHandler errors;
  private final BinaryLogClient client;
  private final UnknownTables unknown;
  private boolean standalone;

  /** For one run of a connector. */
  public MariaDbStream(
      MariaDbConnectorConfig config,
      BinlogConnectorConnection connection,
      EventDispatcher<MariaDbPartition, TableId> dispatcher,
      ErrorHandler errors,
      Clock clock,
      MariaDbTaskContext task,
      MariaDbDatabaseSchema schema,
      MariaDbStreamingChangeEventSourceMetrics metrics,
      SnapshotterService snapshotters,
      BinaryLogClient client) {
    super(
        config, connection, dispatcher, errors, clock, task, schema, metrics, snapshotters, client);
    this.dispatcher = dispatcher;
    this.errors = errors;
    this.client = client;
    this.unknown = new UnknownTables(config, schema);
  }

  @Override
  public void execute(
      ChangeEventSourceContext context, MariaDbPartition partition, MariaDbOffsetContext offset)
      throws InterruptedException {
    try (var _ = new BinlogWatch(client, errors, context::isRunning)) {
      super.execute(context, partition, offset);
    }
  }

  @Override
  protected void handleUpdateTableMetadata(
      MariaDbPartition partition, MariaDbOffsetContext offset, Event event)
      throws InterruptedException {
    TableMapEventData map = unwrapData(event);
    if (!unknown.isLeftToSnapshot(map)) {
      super.handleUpdateTableMetadata(partition, offset, event);
    }
  }

  @Override
  protected void handleGtidEvent(
      MariaDbPartition partition,
      MariaDbOffsetContext offset,
      Event event,
      @Nullable Predicate<String> filter)
      throws InterruptedException {
    var gtid = (MariadbGtidEventData) EventDeserializer.EventDataWrapper.internal(event.getData());
    standalone = (gtid.getFlags() & MariadbGtidEventData.FL_STANDALONE) != 0;
    super.handleGtidEvent(partition, offset, event, filter);
  }

  @Override
  protected void handleQueryEvent(
      MariaDbPartition partition, MariaDbOffsetContext offset, Event event)
      throws InterruptedException {
    if (standalone) {
      standalone = false;
      // Before what the DDL says is sent, with the offset after it: so no restart reads it again.
      dispatcher.dispatchTransactionCommittedEvent(
          partition, offset, Instant.ofEpochMilli(event.getHeader().getTimestamp()));
      offset.commitTransaction();
    }
    super.handleQueryEvent(partition, offset, event);
  }
}
