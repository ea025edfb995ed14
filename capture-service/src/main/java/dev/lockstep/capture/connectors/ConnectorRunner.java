package dev.lockstep.capture.connectors;

import dev.lockstep.capture.engine.CaptureEngine;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connector as it is wished to be, on a thread of its own: runs its engine, begins again
 * after what passes, stops and starts it when the wish changes.
 */
final class ConnectorRunner {
  private static final Logger log = LoggerFactory.getLogger(ConnectorRunner.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(15);
  private static final Duration FENCED_PAUSE = Duration.ofSeconds(3);

  private final EngineFactory engines;
  private final ConnectorRemoval removal;
  private final ConnectorReports reports;
  private final InstantSource clock;
  private final String owner;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ConnectorSpec wanted;
  private boolean closed;
  private volatile boolean dead;
  private Duration backOff = FIRST_BACK_OFF;

  /** How one run of the engine ended; guarded by the runner's lock. */
  private final class Run implements CaptureEngine.Listener {
    private final ConnectorSpec spec;
    private boolean ended;
    private @Nullable Throwable failure;

    Run(ConnectorSpec spec) {
      this.spec = spec;
    }

    @Override
    public void running() {
      report(spec, State.RUNNING, null);
    }

    @Override
    public void ended(@Nullable Throwable thrown) {
      lock.lock();
      try {
        ended = true;
        failure = thrown;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  ConnectorRunner(
      ConnectorSpec spec,
      EngineFactory engines,
      ConnectorRemoval removal,
      ConnectorReports reports,
      InstantSource clock,
      String owner) {
    this.wanted = spec;
    this.engines = engines;
    this.removal = removal;
    this.reports = reports;
    this.clock = clock;
    this.owner = owner;
    this.thread =
        Thread.ofPlatform().name("connector-" + spec.name()).daemon().unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** Takes a new wish; what runs is adapted to it at once, on the runner's own thread. */
  void want(ConnectorSpec spec) {
    lock.lock();
    try {
      if (spec.generation() != wanted.generation() || !spec.equals(wanted)) {
        wanted = spec;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether it looks after its connector; one that met a bug does no more. */
  boolean isAlive() {
    return !dead && thread.isAlive();
  }

  /** Begins to end; {@link #awaitEnd} waits for it. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the runner ended within the limit. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return thread.join(limit);
  }

  private void loop() {
    try {
      for (ConnectorSpec spec = current(); spec != null; spec = current()) {
        switch (spec.desiredState()) {
          case RUNNING -> runAndWait(spec);
          case PAUSED -> rest(spec, State.PAUSED);
          case STOPPED -> rest(spec, State.STOPPED);
          case DELETED -> removeAndWait(spec);
        }
      }
    } catch (InterruptedException e) {
      log.atWarn()
          .addKeyValue("thread", thread.getName())
          .log("Interrupted; the connector is left as it is");
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      // The top of the loop: nobody looks after this connector any more until it is changed.
      dead = true;
      report(wanted, State.FAILED, "A bug in capture-service stopped this connector: " + e);
      throw e;
    }
  }

  private @Nullable ConnectorSpec current() {
    lock.lock();
    try {
      return closed ? null : wanted;
    } finally {
      lock.unlock();
    }
  }

  private void rest(ConnectorSpec spec, State state) throws InterruptedException {
    report(spec, state, null);
    awaitOtherThan(spec);
  }

  private void removeAndWait(ConnectorSpec spec) throws InterruptedException {
    report(spec, State.DELETING, null);
    try {
      removal.remove(spec);
      rest(spec, State.DELETED);
    } catch (RuntimeException e) {
      // Whatever Kafka's clients throw: the removal can be repeated, and nobody else finishes it.
      log.atWarn().setCause(e).addKeyValue("connector", spec.name()).log("Not removed yet");
      report(spec, State.DELETING, Failure.of(e).reason());
      awaitOtherThan(spec, nextBackOff());
    }
  }

  private Duration nextBackOff() {
    Duration now = backOff;
    Duration doubled = backOff.multipliedBy(2);
    backOff = doubled.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : doubled;
    return now;
  }

  private void runAndWait(ConnectorSpec spec) throws InterruptedException {
    Throwable failure = run(spec);
    if (failure == null) {
      backOff = FIRST_BACK_OFF;
      return;
    }
    if (Failure.isFenced(failure)) {
      fenced(spec);
    }
    if (!spec.equals(current())) {
      return;
    }
    Failure why = Failure.of(failure);
    log.atWarn().setCause(failure).addKeyValue("connector", spec.name()).log("The engine ended");
    if (why.passes()) {
      report(spec, State.RETRYING, why.reason());
      awaitOtherThan(spec, nextBackOff());
    } else {
      report(spec, State.FAILED, why.reason());
      awaitOtherThan(spec);
    }
  }

  /**
   * Another replica reports of this connector now, so nothing is said of it here until the
   * assignment had time to take it away. When it does not, the broker alone has fenced the run,
   * such as after a transaction that took too long.
   */
  private void fenced(ConnectorSpec spec) throws InterruptedException {
    log.atInfo().addKeyValue("connector", spec.name()).log("Fenced by another engine; stopped");
    awaitOtherThan(spec, FENCED_PAUSE);
  }

  /** One run of the engine, until it fails or the wish changes; null when it did not fail. */
  private @Nullable Throwable run(ConnectorSpec spec) throws InterruptedException {
    if (reports.of(spec.name()).map(ConnectorStatus::state).orElse(null) != State.RETRYING) {
      report(spec, State.STARTING, null);
    }
    var run = new Run(spec);
    try (EngineFactory.Prepared prepared = engines.prepare(spec, run)) {
      prepared.start();
      awaitEndOrChange(run);
      if (!prepared.stop(STOP_LIMIT)) {
        log.atWarn()
            .addKeyValue("connector", spec.name())
            .log("The engine did not stop in time; its successor fences it");
      }
      return run.failure;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private void awaitEndOrChange(Run run) throws InterruptedException {
    lock.lock();
    try {
      long started = System.nanoTime();
      while (!run.ended && !closed && wanted.equals(run.spec)) {
        changed.await();
      }
      if (System.nanoTime() - started > MAX_BACK_OFF.multipliedBy(2).toNanos()) {
        backOff = FIRST_BACK_OFF;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for another wish or the end. */
  private void awaitOtherThan(ConnectorSpec spec) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && wanted.equals(spec)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for another wish or the end, for at most the limit. */
  private void awaitOtherThan(ConnectorSpec spec, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!closed && wanted.equals(spec) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A runner that was let go says nothing any more: its connector is another's to report. */
  private void report(ConnectorSpec spec, State state, @Nullable String reason) {
    lock.lock();
    try {
      if (!closed) {
        reports.report(
            new ConnectorStatus(
                spec.name(), state, owner, spec.generation(), reason, clock.instant()));
      }
    } finally {
      lock.unlock();
    }
  }
}
