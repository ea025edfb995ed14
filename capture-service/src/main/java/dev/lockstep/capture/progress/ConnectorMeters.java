package dev.lockstep.capture.progress;

import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorProgress.Lag;
import dev.lockstep.common.control.ConnectorProgress.Position;
import dev.lockstep.common.control.ConnectorProgress.Queue;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.snapshot.SnapshotStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connector's meters, {@code lockstep.capture.*}, each with the tag {@code connector}. A value
 * that is not known is NaN. {@code docs/metrics.md} lists them. Thread-safe.
 */
public final class ConnectorMeters {
  private static final String PREFIX = "lockstep.capture.";
  private static final String CONNECTOR = "connector";
  private static final Pattern FILE_NUMBER = Pattern.compile("\\.(\\d{1,18})$");

  private final MeterRegistry registry;
  private final String connector;
  private final List<Meter> meters = new ArrayList<>();
  private final Map<EventKind, Counter> events = new EnumMap<>(EventKind.class);
  private final Timer batch;
  private final Timer transaction;
  private final DistributionSummary batchRecords;
  private volatile @Nullable ConnectorProgress progress;
  private volatile @Nullable SnapshotStatus snapshot;
  private volatile ConnectorStatus.@Nullable State state;

  ConnectorMeters(MeterRegistry registry, String connector) {
    this.registry = registry;
    this.connector = connector;
    for (EventKind kind : EventKind.values()) {
      events.put(kind, eventCounter(kind));
    }
    batch = timer("batch", "From taking a batch off Debezium's queue until it is committed");
    transaction = timer("transaction", "From the begin of a Kafka transaction until its commit");
    batchRecords =
        kept(
            DistributionSummary.builder(PREFIX + "batch.records")
                .description("Records of a batch")
                .baseUnit("records")
                .tag(CONNECTOR, connector)
                .register(registry));
    states();
    gauges();
  }

  private <M extends Meter> M kept(M meter) {
    meters.add(meter);
    return meter;
  }

  private Counter eventCounter(EventKind kind) {
    return kept(
        Counter.builder(PREFIX + "events")
            .description("Row changes that were published")
            .baseUnit("events")
            .tag(CONNECTOR, connector)
            .tag("kind", kind.word())
            .register(registry));
  }

  private Timer timer(String name, String description) {
    return kept(
        Timer.builder(PREFIX + name)
            .description(description)
            .tag(CONNECTOR, connector)
            .register(registry));
  }

  private void states() {
    for (ConnectorStatus.State each : ConnectorStatus.State.values()) {
      kept(
          Gauge.builder(PREFIX + "connector.state", this, meters -> meters.state == each ? 1 : 0)
              .description("1 for the state that the connector is in, 0 for the others")
              .tag(CONNECTOR, connector)
              .tag("state", each.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  private void gauges() {
    gauge("lag.bytes", "bytes", "Binlog between the place that is published and the server's end")
        .of(lag(Lag::bytes));
    gauge("lag.transactions", "transactions", "Transactions committed and not published yet")
        .of(lag(Lag::transactions));
    gauge("lag.seconds", "seconds", "Since the oldest event that waits was committed")
        .of(lag(Lag::seconds));
    gauge("queue.records", "records", "Records in Debezium's queue").of(queue(Queue::records));
    gauge("queue.capacity.records", "records", "The most records that it takes")
        .of(queue(Queue::recordCapacity));
    gauge("queue.bytes", "bytes", "Bytes in Debezium's queue").of(queue(Queue::bytes));
    gauge("queue.capacity.bytes", "bytes", "The most bytes that it takes, 0 for no limit")
        .of(queue(Queue::byteCapacity));
    snapshotGauges();
    gauge("binlog.file", "", "The number of the binlog file up to which everything is published")
        .of(position(place -> fileNumber(place.file())));
    gauge("binlog.position.bytes", "bytes", "The position in that file")
        .of(position(Position::offset));
    gauge("last.event.timestamp.seconds", "seconds", "When the last published change was committed")
        .of(
            known ->
                known.lastEventAt() == null ? null : known.lastEventAt().toEpochMilli() / 1_000d);
  }

  private void snapshotGauges() {
    snapshotGauge("running", "", "1 while rows of a snapshot are read, else 0")
        .of(known -> known.state() == SnapshotStatus.State.RUNNING ? 1 : 0);
    snapshotGauge("tables", "tables", "Tables of the snapshot that was reported last")
        .of(known -> known.tables().size());
    snapshotGauge("remaining.tables", "tables", "Those of them that are not read to their ends")
        .of(SnapshotStatus::tablesLeft);
    snapshotGauge("rows", "rows", "Rows of it that are published").of(SnapshotStatus::rowsRead);
    snapshotGauge("estimated.rows", "rows", "The source's estimate of all its rows")
        .of(SnapshotStatus::rowsEstimated);
    snapshotGauge("remaining.seconds", "seconds", "How long it takes still, at its rate")
        .of(SnapshotStatus::secondsLeft);
  }

  private interface SnapshotRegistration {
    void of(Function<SnapshotStatus, @Nullable Number> value);
  }

  private SnapshotRegistration snapshotGauge(String name, String unit, String description) {
    return value ->
        kept(
            Gauge.builder(PREFIX + "snapshot." + name, this, meters -> meters.ofSnapshot(value))
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tag(CONNECTOR, connector)
                .register(registry));
  }

  private double ofSnapshot(Function<SnapshotStatus, @Nullable Number> value) {
    SnapshotStatus known = snapshot;
    Number number = known == null ? null : value.apply(known);
    return number == null ? Double.NaN : number.doubleValue();
  }

  private interface Registration {
    void of(Function<ConnectorProgress, @Nullable Number> value);
  }

  private Registration gauge(String name, String unit, String description) {
    return value ->
        kept(
            Gauge.builder(PREFIX + name, this, meters -> meters.read(value))
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tag(CONNECTOR, connector)
                .register(registry));
  }

  private double read(Function<ConnectorProgress, @Nullable Number> value) {
    ConnectorProgress known = progress;
    Number number = known == null ? null : value.apply(known);
    return number == null ? Double.NaN : number.doubleValue();
  }

  private static Function<ConnectorProgress, @Nullable Number> lag(
      Function<Lag, @Nullable Number> value) {
    return known -> known.lag() == null ? null : value.apply(known.lag());
  }

  private static Function<ConnectorProgress, @Nullable Number> queue(
      Function<Queue, @Nullable Number> value) {
    return known -> known.queue() == null ? null : value.apply(known.queue());
  }

  private static Function<ConnectorProgress, @Nullable Number> position(
      Function<Position, @Nullable Number> value) {
    return known -> known.position() == null ? null : value.apply(known.position());
  }

  private static @Nullable Number fileNumber(String file) {
    Matcher number = FILE_NUMBER.matcher(file);
    return number.find() ? Long.valueOf(number.group(1)) : null;
  }

  Counter events(EventKind kind) {
    return Objects.requireNonNull(events.get(kind));
  }

  Timer batch() {
    return batch;
  }

  Timer transaction() {
    return transaction;
  }

  DistributionSummary batchRecords() {
    return batchRecords;
  }

  void progress(ConnectorProgress measured) {
    progress = measured;
  }

  /** How far a snapshot of the connector has come, on demand or the initial one. */
  public void snapshot(SnapshotStatus reported) {
    snapshot = reported;
  }

  void state(ConnectorStatus.State entered) {
    state = entered;
  }

  void remove() {
    meters.forEach(registry::remove);
  }
}
