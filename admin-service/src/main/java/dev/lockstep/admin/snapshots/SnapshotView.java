package dev.lockstep.admin.snapshots;

import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotStatus.TableProgress;
import dev.lockstep.common.snapshot.SnapshotType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as users see it.
 *
 * @param id its id
 * @param connector whose source is read
 * @param type how the rows are read
 * @param state what it is doing
 * @param reason why it failed or waits, and the way out; null when there is nothing to tell
 * @param tablesRead tables that are read to their ends
 * @param tablesTotal all its tables
 * @param rowsRead rows handed on so far
 * @param rowsEstimated MySQL's estimate of all its rows; null until each table was begun
 * @param rowsPerSecond how fast it reads; null when it does not
 * @param secondsLeft how long it will take at that rate; null when nothing tells
 * @param tables its tables in their order
 * @param requestedAt when it was asked for
 * @param startedAt when its first table was begun; null before
 * @param endedAt when it came to its end; null before
 */
@Schema(name = "Snapshot", description = "A snapshot and how far it has come")
record SnapshotView(
    @Schema(example = "6f9b2c1e-58f0-4b0e-9c55-0c0f8f6d1a77") String id,
    @Schema(example = "inventory-connector") String connector,
    SnapshotType type,
    State state,
    @Schema(description = "Why it failed or waits, and the way out") @Nullable String reason,
    int tablesRead,
    int tablesTotal,
    long rowsRead,
    @Schema(description = "MySQL's estimate, which can be far from the truth")
        @Nullable Long rowsEstimated,
    @Nullable Long rowsPerSecond,
    @Nullable Long secondsLeft,
    List<TableProgress> tables,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  static SnapshotView of(SnapshotStatus status) {
    return new SnapshotView(
        status.id(),
        status.connector(),
        status.type(),
        status.state(),
        status.reason(),
        status.tables().size() - status.tablesLeft(),
        status.tables().size(),
        status.rowsRead(),
        status.rowsEstimated(),
        status.rowsPerSecond(),
        status.secondsLeft(),
        status.tables(),
        status.requestedAt(),
        status.startedAt(),
        status.endedAt());
  }
}
