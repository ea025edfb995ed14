package dev.lockstep.apply.status;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.intake.Halts;
import dev.lockstep.apply.lag.Lag;
import dev.lockstep.apply.lag.Lags;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.SourceTable;
import dev.lockstep.apply.schemas.SourceTables;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TargetName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the state of the owned partitions where it has changed. */
public final class StatusReporter {
  private static final Logger log = LoggerFactory.getLogger(StatusReporter.class);

  private final Offsets offsets;
  private final Halts halts;
  private final Lags lags;
  private final ControlState control;
  private final SourceTables tables;
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Supplier<String> owner;
  private final InstantSource clock;
  private final Map<TopicPartition, TablePartitionStatus> published = new ConcurrentHashMap<>();

  /** Into this topic, in the name of this owner. */
  public StatusReporter(
      Offsets offsets,
      Halts halts,
      Lags lags,
      ControlState control,
      Producer<byte[], byte[]> producer,
      String topic,
      Supplier<String> owner,
      InstantSource clock) {
    this.offsets = offsets;
    this.halts = halts;
    this.lags = lags;
    this.control = control;
    this.tables = new SourceTables(control);
    this.producer = producer;
    this.topic = topic;
    this.owner = owner;
    this.clock = clock;
  }

  /** Publishes what has changed since the last call. */
  public void report() {
    Map<TopicPartition, Progress> owned = offsets.snapshot();
    published.keySet().retainAll(owned.keySet());
    owned.forEach((partition, progress) -> status(partition, progress).ifPresent(this::publish));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
  private void publish(TablePartitionStatus status) {
    TopicPartition partition = new TopicPartition(status.topic(), status.partition());
    TablePartitionStatus before = published.get(partition);
    if (before != null && before.equals(StatusTimes.at(status, before.at()))) {
      return;
    }
    published.put(partition, status);
    String key = TablePartitionStatus.recordKey(status.topic(), status.partition());
    producer.send(
        new ProducerRecord<>(topic, ControlCodec.key(key), ControlCodec.encode(status)),
        (metadata, failure) -> {
          if (failure != null) {
            published.remove(partition, status);
            log.atDebug().setCause(failure).log("A status can't be published now");
          }
        });
  }

  /**
   * While no schema is known and nothing is wrong, it may as well be a topic of events that are no
   * table's rows.
   */
  private Optional<TablePartitionStatus> status(TopicPartition partition, Progress progress) {
    boolean known = control.schemas().latest(partition.topic()).isPresent();
    if (!known && halts.of(partition) == null && progress.quarantined() == 0) {
      return Optional.empty();
    }
    return tables
        .of(partition.topic())
        .map(table -> status(partition, progress, table, known ? target(table) : Optional.empty()));
  }

  private Optional<TargetName> target(SourceTable table) {
    return control.mappings().targetOf(table.database(), table.table());
  }

  private TablePartitionStatus status(
      TopicPartition partition, Progress progress, SourceTable table, Optional<TargetName> target) {
    Halts.Halt halt = halts.of(partition);
    Lag lag = lags.of(partition);
    Instant now = clock.instant();
    return new TablePartitionStatus(
        table.connector(),
        partition.topic(),
        partition.partition(),
        table.database(),
        table.table(),
        target.map(TargetName::database).orElse(null),
        target.map(TargetName::table).orElse(null),
        halt == null ? State.RUNNING : halt.state(),
        halt == null ? null : halt.reason(),
        halt == null ? null : halt.since(),
        owner.get(),
        progress.recordsRead(),
        progress.rowsApplied(),
        progress.superseded(),
        progress.quarantined(),
        progress.dropped(),
        Math.max(progress.nextOffset(), 0),
        progress.lastVersion(),
        progress.lastSourceTime(),
        progress.lastAppliedAt(),
        lag == null ? null : lag.records(progress),
        lag == null ? null : lag.oldestAt(progress),
        lag == null ? null : lag.recordsPerSecond(),
        now);
  }
}
