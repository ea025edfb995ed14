package dev.lockstep.apply.status;

import dev.lockstep.common.control.TablePartitionStatus;
import java.time.Instant;

/** Compares statuses apart from when they were reported. */
final class StatusTimes {
  private StatusTimes() {}

  /** The same status as reported at another time. */
  static TablePartitionStatus at(TablePartitionStatus status, Instant at) {
    return new TablePartitionStatus(
        status.connector(),
        status.topic(),
        status.partition(),
        status.sourceDatabase(),
        status.sourceTable(),
        status.targetDatabase(),
        status.targetTable(),
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
        status.oldestWaitingAt(),
        status.recordsPerSecond(),
        at);
  }
}
