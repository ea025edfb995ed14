package dev.lockstep.apply.commit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition has been applied, counted from its first record: {@code recordsRead =
 * rowsApplied + superseded + quarantined + dropped}. A change of a table without a key counts as
 * one row, though it is kept as two signed ones.
 *
 * @param nextOffset the offset of the next record to apply
 * @param recordsRead records taken from the partition
 * @param rowsApplied rows inserted
 * @param superseded rows that gave way to a newer one of their key before they were inserted
 * @param quarantined records sent to the dead letters
 * @param dropped records that change nothing: tombstones, and what a reset has made void
 * @param lastVersion the version of the last row applied, or 0
 * @param lastSourceMicros when that row was committed in the source, or 0
 * @param lastAppliedMillis when that row became visible, or 0
 * @param resetMark stands for the resets of its tables that are carried out, so that none of this
 *     partition's rows that they made void is in the target; or 0
 */
public record Progress(
    long nextOffset,
    long recordsRead,
    long rowsApplied,
    long superseded,
    long quarantined,
    long dropped,
    long lastVersion,
    long lastSourceMicros,
    long lastAppliedMillis,
    long resetMark) {
  private static final String FORMAT = "lockstep-1";
  private static final int OLDEST_PARTS = 8;

  /** Of a partition of which nothing was ever applied; its offset is not one to commit. */
  public static final Progress NONE = none(-1);

  private static Progress none(long nextOffset) {
    return new Progress(nextOffset, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The same counts at another offset. */
  public Progress at(long offset) {
    return new Progress(
        offset,
        recordsRead,
        rowsApplied,
        superseded,
        quarantined,
        dropped,
        lastVersion,
        lastSourceMicros,
        lastAppliedMillis,
        resetMark);
  }

  /** The same with these resets carried out. */
  public Progress afterResets(long mark) {
    return new Progress(
        nextOffset,
        recordsRead,
        rowsApplied,
        superseded,
        quarantined,
        dropped,
        lastVersion,
        lastSourceMicros,
        lastAppliedMillis,
        mark);
  }

  /** When the last row was committed in the source, or null before the first. */
  public @Nullable Instant lastSourceTime() {
    return lastSourceMicros == 0 ? null : Instant.EPOCH.plus(lastSourceMicros, ChronoUnit.MICROS);
  }

  /** When the last row became visible, or null before the first. */
  public @Nullable Instant lastAppliedAt() {
    return lastAppliedMillis == 0 ? null : Instant.ofEpochMilli(lastAppliedMillis);
  }

  /** The counts as the text that is committed with the offset. */
  String metadata() {
    return String.join(
        ",",
        FORMAT,
        Long.toString(recordsRead),
        Long.toString(rowsApplied),
        Long.toString(quarantined),
        Long.toString(dropped),
        Long.toString(lastVersion),
        Long.toString(lastSourceMicros),
        Long.toString(lastAppliedMillis),
        Long.toString(resetMark),
        Long.toString(superseded));
  }

  /** From a committed offset; counts begin anew when it was committed by somebody else. */
  static Progress of(long nextOffset, @Nullable String metadata) {
    String[] parts = metadata == null ? new String[0] : metadata.split(",", -1);
    if (parts.length < OLDEST_PARTS || !parts[0].equals(FORMAT)) {
      return none(nextOffset);
    }
    return new Progress(
        nextOffset,
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        part(parts, 9),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]),
        Long.parseLong(parts[6]),
        Long.parseLong(parts[7]),
        part(parts, 8));
  }

  /** One that earlier releases did not write counts from 0. */
  private static long part(String[] parts, int index) {
    return index < parts.length ? Long.parseLong(parts[index]) : 0;
  }
}
