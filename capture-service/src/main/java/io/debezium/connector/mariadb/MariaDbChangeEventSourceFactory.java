package io.debezium.connector.mariadb;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import dev.lockstep.capture.chunks.ChunkedSnapshots;
import dev.lockstep.capture.chunks.Dialect;
import dev.lockstep.capture.chunks.Emitter;
import dev.lockstep.capture.chunks.RunningWork;
import dev.lockstep.capture.chunks.SnapshotWork;
import dev.lockstep.capture.chunks.TableDefinitions;
import dev.lockstep.capture.chunks.Tables;
import dev.lockstep.capture.exact.MariaDbStream;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mariadb.metrics.MariaDbSnapshotChangeEventSourceMetrics;
import io.debezium.connector.mariadb.metrics.MariaDbStreamingChangeEventSourceMetrics;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.ChangeEventSourceFactory;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.SnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;
import io.debezium.relational.TableId;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.spi.schema.DataCollectionId;
import io.debezium.util.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.NullMarked;

/**
 * Makes Debezium's own sources of changes, but for a stream that knows when a DDL's transaction has
 * ended, and for snapshots on demand, which are Lockstep's. As with MySQL, the server is asked to
 * say more often that nothing is new.
 */
@NullMarked
@ReplacesDebezium
public class MariaDbChangeEventSourceFactory
    implements ChangeEventSourceFactory<MariaDbPartition, MariaDbOffsetContext> {
  private static final Duration SERVER_HEARTBEAT = Duration.ofMillis(500);

  private final MariaDbConnectorConfig config;
  private final MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections;
  private final ErrorHandler errors;
  private final EventDispatcher<MariaDbPartition, TableId> dispatcher;
  private final Clock clock;
  private final MariaDbDatabaseSchema schema;
  private final MariaDbTaskContext task;
  private final MariaDbStreamingChangeEventSourceMetrics metrics;
  private final ChangeEventQueue<DataChangeEvent> queue;
  private final SnapshotterService snapshotters;
  private final BinaryLogClient client;

  /** As Debezium's connector task calls it. */
  public MariaDbChangeEventSourceFactory(
      MariaDbConnectorConfig config,
      MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
      ErrorHandler errors,
      EventDispatcher<MariaDbPartition, TableId> dispatcher,
      Clock clock,
      MariaDbDatabaseSchema schema,
      MariaDbTaskContext task,
      MariaDbStreamingChangeEventSourceMetrics metrics,
      ChangeEventQueue<DataChangeEvent> queue,
      SnapshotterService snapshotters,
      BinaryLogClient client) {
    this.config = config;
    this.connections = connections;
    this.errors = errors;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.schema = schema;
    this.task = task;
    this.metrics = metrics;
    this.queue = queue;
    this.snapshotters = snapshotters;
    this.client = client;
  }

  /** The snapshot holds its last record back until it is known to be the last. */
  @Override
  public SnapshotChangeEventSource<MariaDbPartition, MariaDbOffsetContext>
      getSnapshotChangeEventSource(
          SnapshotProgressListener<MariaDbPartition> progress,
          NotificationService<MariaDbPartition, MariaDbOffsetContext> notifications) {
    return new MariaDbSnapshotChangeEventSource(
        config,
        connections,
        schema,
        dispatcher,
        clock,
        (MariaDbSnapshotChangeEventSourceMetrics) progress,
        this::flushLast,
        queue::enableBuffering,
        notifications,
        snapshotters);
  }

  private void flushLast(Function<SourceRecord, SourceRecord> change) throws InterruptedException {
    queue.flushBuffer(last -> new DataChangeEvent(change.apply(last.getRecord())));
    queue.disableBuffering();
  }

  @Override
  public StreamingChangeEventSource<MariaDbPartition, MariaDbOffsetContext>
      getStreamingChangeEventSource() {
    queue.disableBuffering();
    var streaming =
        new MariaDbStream(
            config,
            connections.mainConnection(),
            dispatcher,
            errors,
            clock,
            task,
            schema,
            metrics,
            snapshotters,
            client);
    client.setHeartbeatInterval(SERVER_HEARTBEAT.toMillis());
    return streaming;
  }

  @Override
  @SuppressWarnings("deprecation") // getConfig() is, for Debezium's own keys; the token is none
  public Optional<
          IncrementalSnapshotChangeEventSource<MariaDbPartition, ? extends DataCollectionId>>
      getIncrementalSnapshotChangeEventSource(
          MariaDbOffsetContext offset,
          SnapshotProgressListener<MariaDbPartition> progress,
          DataChangeEventListener<MariaDbPartition> listener,
          NotificationService<MariaDbPartition, MariaDbOffsetContext> notifications) {
    Optional<SnapshotWork> work = RunningWork.of(config.getConfig());
    if (work.isEmpty()) {
      return Optional.empty();
    }
    var tables =
        new Tables(
            Dialect.MARIADB,
            config,
            connections,
            clock,
            schema,
            schema::forget,
            schema::ddlStatements);
    RunningWork.endsWith(config.getConfig(), tables);
    return Optional.of(
        new ChunkedSnapshots<>(
            work.get(),
            tables,
            new TableDefinitions<>(schema, dispatcher, clock),
            new Emitter<>(config, dispatcher, listener, clock, queue::enqueue)));
  }
}
