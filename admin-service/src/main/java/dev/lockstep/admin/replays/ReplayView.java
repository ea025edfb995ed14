package dev.lockstep.admin.replays;

import dev.lockstep.common.mapping.TableMapping.Mode;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Into;
import dev.lockstep.common.replay.ReplayRequest.Source;
import dev.lockstep.common.replay.ReplayStatus;
import dev.lockstep.common.replay.ReplayStatus.State;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replay as users see it.
 *
 * @param id its id
 * @param database the source's database
 * @param table the source's table
 * @param source which records
 * @param fromTime those published then or later
 * @param fromOffsets those from here on, by partition
 * @param into where the rows go
 * @param mode of several targets the one that keeps this; null for all
 * @param deadLetters the dead letters that are meant; empty for all of the table
 * @param state what it is doing
 * @param reason why it failed or waits, and the way out
 * @param recordsRead records of the table that were read
 * @param rowsApplied rows written
 * @param recordsQuarantined records that can't be applied
 * @param recordsLeft about how many are left to read
 * @param requestedAt when it was asked for
 * @param startedAt when it began; null before
 * @param endedAt when it came to its end; null before
 */
@Schema(name = "Replay", description = "Records that are applied again, and how far that has come")
record ReplayView(
    String id,
    String database,
    String table,
    Source source,
    @Nullable Instant fromTime,
    Map<Integer, Long> fromOffsets,
    Into into,
    @Nullable Mode mode,
    List<Long> deadLetters,
    State state,
    @Nullable String reason,
    long recordsRead,
    long rowsApplied,
    long recordsQuarantined,
    long recordsLeft,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  static ReplayView of(ReplayRequest request, ReplayStatus status) {
    return new ReplayView(
        request.id(),
        request.database(),
        request.table(),
        request.source(),
        request.fromTime(),
        request.fromOffsets(),
        request.into(),
        request.mode(),
        request.deadLetters(),
        status.state(),
        status.reason(),
        status.recordsRead(),
        status.rowsApplied(),
        status.recordsQuarantined(),
        status.recordsLeft(),
        request.requestedAt(),
        status.startedAt(),
        status.endedAt());
  }
}
