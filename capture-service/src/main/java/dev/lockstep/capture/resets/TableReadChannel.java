package dev.lockstep.capture.resets;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.SnapshotType;
import io.debezium.function.BlockingConsumer;
import io.debezium.pipeline.notification.Notification;
import io.debezium.pipeline.notification.SnapshotStatus;
import io.debezium.pipeline.notification.channels.ConnectChannel;
import io.debezium.pipeline.notification.channels.NotificationChannel;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.pipeline.spi.Partition;
import io.debezium.relational.RelationalDatabaseConnectorConfig;
import io.debezium.schema.SchemaFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts a record into the stream of changes where the initial snapshot has read a whole table, empty
 * ones too: a {@link TableRead}.
 *
 * <p>Debezium notifies its channels of it. Its schema change events say less: it sends them for
 * tables that are not read, and in snapshots that read no rows. A channel is made by its class's
 * name in {@code META-INF/services} and used when the config enables it by its own.
 */
public final class TableReadChannel implements NotificationChannel, ConnectChannel {
  /** Its name among {@code notification.enabled.channels}. */
  public static final String NAME = "lockstep";

  /** Debezium's names in the notification of a table that a snapshot has read. */
  private static final String AGGREGATE = "Initial Snapshot";

  private static final String SCANNED = "scanned_collection";
  private static final String STATUS = "status";
  private static final String SUCCEEDED = "SUCCEEDED";
  private static final String SNAPSHOT = "snapshot";

  private String topic = "";
  private Set<String> partlyRead = Set.of();
  private @Nullable BlockingConsumer<SourceRecord> stream;

  @Override
  public void init(CommonConnectorConfig config) {
    topic = config.getLogicalName();
    if (config instanceof RelationalDatabaseConnectorConfig relational) {
      partlyRead =
          relational.getSnapshotSelectOverridesByTable().keySet().stream()
              .map(table -> table.identifier().toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  @Override
  public void initConnectChannel(SchemaFactory schemas, BlockingConsumer<SourceRecord> consumer) {
    stream = consumer;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public <P extends Partition, O extends OffsetContext> void send(
      Notification notification, Offsets<P, O> offsets) {
    O offset = offsets.getTheOnlyOffset();
    Map<String, String> about = notification.getAdditionalData();
    if (offset == null || about == null || !isTableRead(notification, about)) {
      return;
    }
    String table = Objects.requireNonNull(about.get(SCANNED), SCANNED);
    Map<String, ?> position = offset.getOffset();
    if (isInitial(position) && !isPartlyRead(table)) {
      emit(table, offsets.getTheOnlyPartition().getSourcePartition(), position);
    }
  }

  private static boolean isTableRead(Notification notification, Map<String, String> about) {
    return AGGREGATE.equals(notification.getAggregateType())
        && SnapshotStatus.TABLE_SCAN_COMPLETED.name().equals(notification.getType())
        && SUCCEEDED.equals(about.get(STATUS));
  }

  /** Blocking snapshots are notified under the same name, and may read a part of a table. */
  private static boolean isInitial(Map<String, ?> position) {
    return SnapshotType.INITIAL.name().equals(String.valueOf(position.get(SNAPSHOT)));
  }

  /** By a statement of the operator's own, which may leave rows out; it may name no database. */
  private boolean isPartlyRead(String table) {
    String lower = table.toLowerCase(Locale.ROOT);
    return partlyRead.stream().anyMatch(of -> lower.equals(of) || lower.endsWith("." + of));
  }

  private void emit(String table, Map<String, ?> partition, Map<String, ?> position) {
    SourceRecord item = new TableRead(table, null).at(partition, position, topic);
    try {
      Objects.requireNonNull(stream, "not connected").accept(item);
    } catch (InterruptedException e) {
      // The engine is being stopped, and the snapshot starts over.
      Thread.currentThread().interrupt();
    }
  }

  /** Without an offset, and so not of a snapshot that is under way. */
  @Override
  public void send(Notification notification) {}

  @Override
  public void close() {}
}
