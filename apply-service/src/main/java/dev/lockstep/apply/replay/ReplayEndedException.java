package dev.lockstep.apply.replay;

import dev.lockstep.common.replay.ReplayStatus.State;
import org.jspecify.annotations.Nullable;

/** A replay shall not go on here: it was cancelled, or another replica carries it out. */
final class ReplayEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable State state;

  private ReplayEndedException(@Nullable State state) {
    super("Ended", null, false, false);
    this.state = state;
  }

  static ReplayEndedException cancelled() {
    return new ReplayEndedException(State.CANCELLED);
  }

  static ReplayEndedException elsewhere() {
    return new ReplayEndedException(null);
  }

  /** What it has come to, or null where that is not for this replica to say. */
  @Nullable State state() {
    return state;
  }
}
