package dev.lockstep.admin.tables;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of a table's data topic has got.
 *
 * @param partition its number
 * @param state what it is doing
 * @param reason why it is in that state and the way out
 * @param haltedSince when it began to wait or failed
 * @param owner the replica of apply-service
 * @param recordsRead records taken
 * @param rowsApplied rows inserted
 * @param rowsSuperseded rows that gave way to a newer one of their key
 * @param recordsQuarantined records that stand in the dead letters topic
 * @param recordsDropped records that change nothing
 * @param nextOffset the offset of the next record to apply
 * @param lastVersion the version of the last event applied, or 0
 * @param lastSourceTime when that was committed in the source
 * @param lastAppliedAt when it became visible in the target
 * @param lagRecords records that wait
 * @param lagSeconds how long the oldest of them has waited
 * @param recordsPerSecond records dealt with per second
 * @param reportedAt when this was reported
 */
@Schema(name = "TablePartition", description = "One partition of the data topic")
record PartitionProgress(
    int partition,
    State state,
    @Nullable String reason,
    @Nullable Instant haltedSince,
    @Schema(description = "The replica of apply-service", example = "10.0.0.8:8082") String owner,
    long recordsRead,
    long rowsApplied,
    long rowsSuperseded,
    @Schema(
            description =
                "Records that could never be applied; the dead letters topic holds each with its"
                    + " reason")
        long recordsQuarantined,
    long recordsDropped,
    @Schema(description = "The offset of the next record to apply") long nextOffset,
    @Schema(description = "The version of the last event applied, or 0") long lastVersion,
    @Nullable Instant lastSourceTime,
    @Nullable Instant lastAppliedAt,
    @Nullable Long lagRecords,
    @Nullable Double lagSeconds,
    @Nullable Double recordsPerSecond,
    Instant reportedAt) {
  static PartitionProgress of(TablePartitionStatus status, Instant now) {
    return new PartitionProgress(
        status.partition(),
        status.state(),
        status.reason(),
        status.haltedSince(),
        status.owner(),
        status.recordsRead(),
        status.rowsApplied(),
        status.rowsSuperseded(),
        status.recordsQuarantined(),
        status.recordsDropped(),
        status.nextOffset(),
        status.lastVersion(),
        status.lastSourceTime(),
        status.lastAppliedAt(),
        status.lagRecords(),
        lagSeconds(status, now),
        status.recordsPerSecond(),
        status.at());
  }

  /** It grows on while nobody reports, as what waited then still waits. */
  private static @Nullable Double lagSeconds(TablePartitionStatus status, Instant now) {
    if (status.lagRecords() == null) {
      return null;
    }
    Instant oldest = status.oldestWaitingAt();
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toMillis()) / 1000.0;
  }
}
