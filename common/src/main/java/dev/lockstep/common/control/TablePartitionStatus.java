package dev.lockstep.common.control;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of a table's data topic has been applied, as its owner in apply-service
 * reports it: {@code recordsRead = rowsApplied + rowsSuperseded + recordsQuarantined +
 * recordsDropped}; a value of the status topic under {@code table/<topic>/<partition>}. Counts are
 * since the partition's first record: they are stored with the committed offset and survive
 * restarts and moves. A count that an earlier release did not report is read as 0.
 *
 * @param connector the connector that captured the table
 * @param topic the data topic
 * @param partition the partition of the topic
 * @param sourceDatabase the source's database
 * @param sourceTable the source's table
 * @param targetDatabase the target's database, or null while the target table is not known yet
 * @param targetTable the target's table, or null while it is not known yet
 * @param state what it is doing
 * @param reason why it failed or waits and the way out; null when there is nothing to tell
 * @param haltedSince when the first of the tries failed that have failed in a row; null when none
 *     has
 * @param owner the apply-service replica, as {@code host:port} of its HTTP
 * @param recordsRead records taken from the partition, tombstones included
 * @param rowsApplied rows inserted into the target
 * @param rowsSuperseded rows that gave way to a newer one of their key before they were inserted
 * @param recordsQuarantined records that could never be applied and stand in the dead letters topic
 * @param recordsDropped records that change nothing: tombstones, what a reset has made void, what a
 *     mapping leaves out, events that are no rows
 * @param nextOffset the offset of the next record to apply
 * @param lastVersion the version of the last event applied, or 0
 * @param lastSourceTime when the last applied event was committed in the source, or null before the
 *     first
 * @param lastAppliedAt when it became visible in the target, or null before the first
 * @param lagRecords how many records wait in the topic, counted by offsets, of which each
 *     transaction takes one for itself; null while it is not known
 * @param oldestWaitingAt when the oldest record that waits was published; null when none waits, or
 *     it is not known
 * @param recordsPerSecond how many records were dealt with per second, over ten seconds; null while
 *     it is not known
 * @param at when this was reported
 */
public record TablePartitionStatus(
    String connector,
    String topic,
    int partition,
    String sourceDatabase,
    String sourceTable,
    @Nullable String targetDatabase,
    @Nullable String targetTable,
    State state,
    @Nullable String reason,
    @Nullable Instant haltedSince,
    String owner,
    long recordsRead,
    long rowsApplied,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long rowsSuperseded,
    long recordsQuarantined,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long recordsDropped,
    long nextOffset,
    long lastVersion,
    @Nullable Instant lastSourceTime,
    @Nullable Instant lastAppliedAt,
    @Nullable Long lagRecords,
    @Nullable Instant oldestWaitingAt,
    @Nullable Double recordsPerSecond,
    Instant at) {

  /** A table's states, from best to worst. */
  public enum State {
    /** Applying what comes. */
    RUNNING,
    /**
     * Waiting for something that passes, such as a ClickHouse that is down; tried again by itself.
     */
    RETRYING,
    /** Stopped by a fault that does not pass by itself; the reason says the way out. */
    FAILED
  }

  /** The record key in the status topic. */
  public static String recordKey(String topic, int partition) {
    return StatusKeys.TABLE + topic + "/" + partition;
  }
}
