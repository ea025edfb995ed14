package dev.lockstep.capture.snapshots;

import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotStatus.TableProgress;
import dev.lockstep.common.snapshot.SnapshotStatus.TableState;
import dev.lockstep.common.snapshot.SnapshotTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far one snapshot has come, as it is counted here; goes on from what was reported before. */
final class Progress {
  private final SnapshotCommand request;
  private final List<TableProgress> tables = new ArrayList<>();
  private State state = State.QUEUED;
  private @Nullable String reason;
  private @Nullable Instant startedAt;
  private @Nullable Instant readingSince;
  private long rowsSince;
  private boolean handedOn;

  Progress(SnapshotCommand request, @Nullable SnapshotStatus reported) {
    this.request = request;
    if (reported == null) {
      request.tables().forEach(table -> tables.add(waiting(table)));
    } else {
      tables.addAll(reported.tables());
      state = reported.state();
      reason = reported.reason();
      startedAt = reported.startedAt();
    }
  }

  private static TableProgress waiting(SnapshotTable table) {
    return new TableProgress(
        table.database(), table.table(), table.filter(), TableState.WAITING, 0, null, null);
  }

  State state() {
    return state;
  }

  /** Whether rows were handed on by this run of the engine. */
  boolean hasRows() {
    return handedOn;
  }

  /** A pause is not counted in the rate. */
  void enter(State next, Instant now) {
    if (next == State.RUNNING && (state != State.RUNNING || readingSince == null)) {
      startedAt = Objects.requireNonNullElse(startedAt, now);
      readingSince = now;
      rowsSince = 0;
    }
    state = next;
  }

  @Nullable String reason() {
    return reason;
  }

  void because(@Nullable String why) {
    reason = why;
  }

  /** Those before it are read, as the place in the source's offset says. */
  void at(int number) {
    for (int i = 0; i < number; i++) {
      TableProgress table = tables.get(i);
      if (table.state() != TableState.FAILED) {
        change(i, TableState.COMPLETED, table.rowsRead(), table.rowsEstimated(), null);
      }
    }
    TableProgress table = tables.get(number);
    change(number, TableState.RUNNING, table.rowsRead(), table.rowsEstimated(), null);
  }

  void estimated(int number, long rows) {
    change(number, TableState.RUNNING, 0, rows, null);
  }

  void read(int number, int rows) {
    TableProgress table = tables.get(number);
    rowsSince += rows;
    handedOn = true;
    change(number, table.state(), table.rowsRead() + rows, table.rowsEstimated(), null);
  }

  void ended(int number, @Nullable String failure) {
    TableProgress table = tables.get(number);
    change(
        number,
        failure == null ? TableState.COMPLETED : TableState.FAILED,
        table.rowsRead(),
        table.rowsEstimated(),
        failure);
  }

  private void change(
      int number, TableState next, long rows, @Nullable Long estimate, @Nullable String failure) {
    TableProgress table = tables.get(number);
    tables.set(
        number,
        new TableProgress(
            table.database(), table.table(), table.filter(), next, rows, estimate, failure));
  }

  /** The tables that could not be read, with why. */
  List<String> failures() {
    return tables.stream()
        .filter(table -> table.state() == TableState.FAILED)
        .map(table -> table.database() + "." + table.table() + ": " + table.reason())
        .toList();
  }

  SnapshotStatus status(Instant now) {
    return new SnapshotStatus(
        request.id(),
        request.connector(),
        Objects.requireNonNull(request.type()),
        state,
        reason,
        tables,
        rate(now),
        request.at(),
        startedAt,
        state.isFinal() ? now : null,
        now);
  }

  private @Nullable Long rate(Instant now) {
    if (state != State.RUNNING || readingSince == null) {
      return null;
    }
    long millis = Math.max(1, Duration.between(readingSince, now).toMillis());
    return rowsSince * 1_000 / millis;
  }
}
