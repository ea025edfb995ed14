package dev.lockstep.capture.progress;

import dev.lockstep.capture.resets.SnapshotResets;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotStatus.TableProgress;
import dev.lockstep.common.snapshot.SnapshotStatus.TableState;
import dev.lockstep.common.snapshot.SnapshotType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * How far the initial snapshot of one run has come: its rows are counted where they are published,
 * so what is told is in Kafka. Nothing is told before the first of them. Thread-safe.
 *
 * <p>A run that goes on from an offset can begin with one too: {@code snapshot.mode=when_needed}
 * reads again when the binlog was purged. Only the records' own offsets tell that.
 */
final class InitialSnapshot {
  private final String connector;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, Table> byTopic = new HashMap<>();
  private final boolean pending;
  private boolean over;
  private boolean told;
  private @Nullable Instant startedAt;
  private long rows;

  /** Guarded by the snapshot. */
  private static final class Table {
    private final String identifier;
    private @Nullable SourceTable known;
    private TableState state = TableState.WAITING;
    private long rows;

    Table(String identifier) {
      this.identifier = identifier;
    }

    /** Without the source's word, the first dot is taken for the one between the two names. */
    TableProgress progress() {
      SourceTable named = known;
      int dot = identifier.indexOf('.');
      return new TableProgress(
          named == null ? identifier.substring(0, Math.max(0, dot)) : named.database(),
          named == null ? identifier.substring(dot + 1) : named.table(),
          null,
          state,
          rows,
          named == null ? null : named.rowsEstimated(),
          null);
    }
  }

  /**
   * A table that is read.
   *
   * @param database the source's database
   * @param table the source's table
   * @param rowsEstimated the source's estimate of its rows; null where it has none
   */
  record SourceTable(String database, String table, @Nullable Long rowsEstimated) {
    /** As Debezium names it in its metrics and notifications. */
    String identifier() {
      return database + "." + table;
    }
  }

  /**
   * Of one run.
   *
   * @param connector the connector's name
   * @param pending whether the run is known to begin with a snapshot
   */
  InitialSnapshot(String connector, boolean pending) {
    this.connector = connector;
    this.pending = pending;
    this.over = !pending;
  }

  /** How a connector's initial snapshot is named; another one of it takes its place. */
  static String id(String connector) {
    return "initial-" + connector;
  }

  /** A batch is committed. */
  synchronized void committed(List<SourceRecord> batch, Instant now) {
    if (over && startedAt == null) {
      over = !isOfSnapshot(batch.getFirst()) && !isOfSnapshot(batch.getLast());
    }
    if (!over) {
      take(batch, now);
    }
  }

  private static boolean isOfSnapshot(SourceRecord item) {
    return "initial".equalsIgnoreCase(String.valueOf(item.sourceOffset().get("snapshot")));
  }

  private void take(List<SourceRecord> batch, Instant now) {
    for (SourceRecord item : batch) {
      Optional<String> read = SnapshotResets.tableRead(item);
      if (read.isPresent()) {
        begin(now);
        table(read.get()).state = TableState.COMPLETED;
      } else if (item.value() instanceof Struct value) {
        row(item.topic(), value, now);
      }
    }
    if ((startedAt != null || !pending)
        && !batch.getLast().sourceOffset().containsKey("snapshot")) {
      end();
    }
  }

  private void row(String topic, Struct value, Instant now) {
    if (value.schema().field("op") == null || !"r".equals(value.getString("op"))) {
      return;
    }
    Struct source = value.getStruct("source");
    begin(now);
    Table table =
        byTopic.computeIfAbsent(
            topic, _ -> table(source.getString("db") + "." + source.getString("table")));
    table.rows++;
    rows++;
    if (table.state == TableState.WAITING) {
      table.state = TableState.RUNNING;
    }
    if ("last".equals(source.getString("snapshot"))) {
      end();
    }
  }

  private void begin(Instant now) {
    startedAt = Objects.requireNonNullElse(startedAt, now);
  }

  private Table table(String identifier) {
    return tables.computeIfAbsent(identifier, Table::new);
  }

  private void end() {
    over = true;
    tables.values().forEach(table -> table.state = TableState.COMPLETED);
  }

  /** Whether anything of it is published. */
  synchronized boolean isUnderWay() {
    return startedAt != null;
  }

  /** These are the tables that the run reads. */
  synchronized void found(List<SourceTable> read) {
    for (SourceTable each : read) {
      table(each.identifier()).known = each;
    }
    if (over) {
      end();
    }
  }

  /** What there is to tell; empty before the first row, and after the end was told. */
  synchronized Optional<SnapshotStatus> status(Instant now) {
    if (startedAt == null || told) {
      return Optional.empty();
    }
    told = over;
    long millis = Math.max(1, Duration.between(startedAt, now).toMillis());
    return Optional.of(
        status(
            over ? State.COMPLETED : State.RUNNING,
            null,
            over ? null : rows * 1_000 / millis,
            now));
  }

  /** What there is to tell when the run ends; empty when the snapshot was not under way. */
  synchronized Optional<SnapshotStatus> interrupted(Instant now) {
    return startedAt == null || over
        ? status(now)
        : Optional.of(
            status(State.QUEUED, "It starts over when the connector runs again.", null, now));
  }

  private SnapshotStatus status(
      State state, @Nullable String reason, @Nullable Long rowsPerSecond, Instant now) {
    Instant began = Objects.requireNonNull(startedAt);
    List<TableProgress> progress = new ArrayList<>();
    tables.values().forEach(table -> progress.add(table.progress()));
    return new SnapshotStatus(
        id(connector),
        connector,
        SnapshotType.INITIAL,
        state,
        reason,
        progress,
        rowsPerSecond,
        began,
        began,
        state.isFinal() ? now : null,
        now);
  }
}
