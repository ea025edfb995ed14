package dev.lockstep.apply.replay;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayStatus;
import dev.lockstep.common.replay.ReplayStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts and reports what becomes of a replay; for the thread that carries it out. */
final class ReplayProgress implements ReplayJob.Watch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ReplayRequest request;
  private final Consumer<ReplayStatus> reports;
  private final BooleanSupplier cancelled;
  private final BooleanSupplier mine;
  private final CountDownLatch closing;
  private final InstantSource clock;
  private final Instant startedAt;
  private Instant reportedAt = Instant.EPOCH;
  private State state = State.QUEUED;
  private long read;
  private long rows;
  private long quarantined;
  private long left;
  private boolean exchanged;

  /**
   * Begins one.
   *
   * @param cancelled whether it shall end
   * @param mine whether this replica is still the one to carry it out
   * @param closing is at zero once the service ends
   * @param exchanged whether an earlier try has begun to exchange tables
   */
  ReplayProgress(
      ReplayRequest request,
      Consumer<ReplayStatus> reports,
      BooleanSupplier cancelled,
      BooleanSupplier mine,
      CountDownLatch closing,
      InstantSource clock,
      boolean exchanged) {
    this.exchanged = exchanged;
    this.request = request;
    this.reports = reports;
    this.cancelled = cancelled;
    this.mine = mine;
    this.closing = closing;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  @Override
  public void settled(Tally tally) {
    read += tally.records();
    rows += tally.applied();
    quarantined += tally.quarantined();
  }

  @Override
  public void running(long offsetsLeft) {
    left = offsetsLeft;
    Instant now = clock.instant();
    if (state != State.RUNNING || !reportedAt.plus(INTERVAL).isAfter(now)) {
      report(State.RUNNING, null);
    }
  }

  @Override
  public void waits(ApplyFault fault, Duration limit) {
    report(State.RETRYING, fault.reason());
    checkWanted();
    try {
      if (closing.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw ReplayEndedException.elsewhere();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ReplayEndedException.elsewhere();
    }
  }

  @Override
  public void checkWanted() {
    if (closing.getCount() == 0 || !mine.getAsBoolean()) {
      throw ReplayEndedException.elsewhere();
    }
    if (cancelled.getAsBoolean()) {
      throw ReplayEndedException.cancelled();
    }
  }

  /** From now on a new table may be in the target's place. */
  void exchanging() {
    exchanged = true;
    report(State.RUNNING, null);
  }

  void report(State now, @Nullable String reason) {
    state = now;
    reportedAt = clock.instant();
    reports.accept(
        new ReplayStatus(
            request.id(),
            now,
            reason,
            read,
            rows,
            quarantined,
            now == State.COMPLETED ? 0 : left,
            startedAt,
            now.isFinal() ? reportedAt : null,
            reportedAt,
            exchanged));
  }
}
