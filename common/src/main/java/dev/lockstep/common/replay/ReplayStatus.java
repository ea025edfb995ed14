package dev.lockstep.common.replay;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay has come, as the apply-service that carries it out reports it; a value of the
 * replays topic under {@link #recordKey}.
 *
 * @param id the replay's id
 * @param state what it is doing
 * @param reason why it failed or waits, and the way out; null when there is nothing to tell
 * @param recordsRead records of the table that were read
 * @param rowsApplied rows written
 * @param recordsQuarantined records that can't be applied, or still can't
 * @param recordsLeft about how many offsets are left to read now
 * @param startedAt when it began, or began anew
 * @param endedAt when it came to its end, or null before
 * @param at when this was reported
 * @param exchanged whether a new table may have taken the target's place; then it can't be
 *     cancelled, as rows may be missing there until it is done
 */
public record ReplayStatus(
    String id,
    State state,
    @Nullable String reason,
    long recordsRead,
    long rowsApplied,
    long recordsQuarantined,
    long recordsLeft,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Instant at,
    boolean exchanged) {
  private static final String KEY = "status/";

  /** A replay's states. */
  public enum State {
    /** Nobody has begun it yet. */
    QUEUED,
    /** Records are being applied. */
    RUNNING,
    /** Waits for a fault to pass. */
    RETRYING,
    /** All is applied; a new table is in its place. */
    COMPLETED,
    /** Ended as wished; a new table is gone, and rows in the target stay. */
    CANCELLED,
    /** Ended by what only an operator can mend; a new table is gone. */
    FAILED;

    /** Whether nothing more will happen. */
    public boolean isFinal() {
      return this == COMPLETED || this == CANCELLED || this == FAILED;
    }
  }

  /** Checks that the needed parts are there. */
  public ReplayStatus {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(at, "at");
  }

  /** Of one that nobody has begun. */
  public static ReplayStatus queued(ReplayRequest request) {
    return new ReplayStatus(
        request.id(), State.QUEUED, null, 0, 0, 0, 0, null, null, request.requestedAt(), false);
  }

  /** The record key in the replays topic. */
  public static String recordKey(String id) {
    return KEY + id;
  }

  /** Whether a key of the replays topic is that of a status. */
  public static boolean isKey(String key) {
    return key.startsWith(KEY);
  }
}
