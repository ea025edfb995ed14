package dev.lockstep.common.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a snapshot has come, as the connector's owner in capture-service reports it; a value of
 * the status topic under {@code snapshot/<connector>/<id>}.
 *
 * @param id the snapshot's id
 * @param connector whose source is read
 * @param type how the rows are read
 * @param state what it is doing
 * @param reason why it failed, waits or was ended, and the way out; null when there is nothing to
 *     tell
 * @param tables its tables, in their order
 * @param rowsPerSecond how fast it reads, or null when it does not
 * @param requestedAt when it was asked for
 * @param startedAt when its first table was begun, or null before
 * @param endedAt when it came to its end, or null before
 * @param at when this was reported
 */
public record SnapshotStatus(
    String id,
    String connector,
    SnapshotType type,
    State state,
    @Nullable String reason,
    List<TableProgress> tables,
    @Nullable Long rowsPerSecond,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Instant at) {

  /** Copies the list. */
  public SnapshotStatus {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(connector, "connector");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(at, "at");
    tables = List.copyOf(tables);
  }

  /** A snapshot's states. */
  public enum State {
    /** Waits for those that were requested before, or for the connector to run. */
    QUEUED,
    /** Rows are being read. */
    RUNNING,
    /** Paused as wished; its place is kept. */
    PAUSED,
    /** Every row is published. */
    COMPLETED,
    /** Ended as wished. */
    CANCELLED,
    /** At least one table could not be read to its end; its reason says why. */
    FAILED;

    /** Whether nothing more will happen. */
    public boolean isFinal() {
      return this == COMPLETED || this == CANCELLED || this == FAILED;
    }
  }

  /**
   * How far one table has come.
   *
   * @param database the source's database
   * @param table the source's table
   * @param filter the condition on its rows, or null for all
   * @param state what it is doing
   * @param rowsRead rows published so far
   * @param rowsEstimated MySQL's estimate of the rows to read, or null before the table was begun
   * @param reason why it could not be read, or null
   */
  public record TableProgress(
      String database,
      String table,
      @Nullable String filter,
      TableState state,
      long rowsRead,
      @Nullable Long rowsEstimated,
      @Nullable String reason) {}

  /** A table's states within a snapshot. */
  public enum TableState {
    /** Not begun. */
    WAITING,
    /** Being read. */
    RUNNING,
    /** Read to its end. */
    COMPLETED,
    /** Can't be read; the others go on. */
    FAILED
  }

  /** Tables that are not read to their ends. */
  public int tablesLeft() {
    return Math.toIntExact(
        tables.stream().filter(table -> table.state() != TableState.COMPLETED).count());
  }

  /** Rows published so far. */
  public long rowsRead() {
    return tables.stream().mapToLong(TableProgress::rowsRead).sum();
  }

  /**
   * The source's estimate of all rows, where a table that was read counts as what it was; null
   * while a table has none.
   */
  public @Nullable Long rowsEstimated() {
    long rows = 0;
    for (TableProgress table : tables) {
      boolean ended = table.state() == TableState.COMPLETED || table.state() == TableState.FAILED;
      if (!ended && table.rowsEstimated() == null) {
        return null;
      }
      rows += ended ? table.rowsRead() : Objects.requireNonNullElse(table.rowsEstimated(), 0L);
    }
    return rows;
  }

  /** How long it takes still at its rate; null when nothing tells. */
  public @Nullable Long secondsLeft() {
    Long estimated = rowsEstimated();
    return estimated == null || rowsPerSecond == null || rowsPerSecond == 0
        ? null
        : Long.valueOf(Math.max(0, estimated - rowsRead()) / rowsPerSecond);
  }

  /** The same, ended for this reason before it was done. */
  public SnapshotStatus cancelled(String why, Instant now) {
    return new SnapshotStatus(
        id, connector, type, State.CANCELLED, why, tables, null, requestedAt, startedAt, now, now);
  }

  /** The record key in the status topic. */
  public static String recordKey(String connector, String id) {
    return dev.lockstep.common.control.StatusKeys.SNAPSHOT + connector + "/" + id;
  }
}
