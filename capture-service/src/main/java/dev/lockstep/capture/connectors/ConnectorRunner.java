package dev.lockstep.capture.connectors;

import dev.lockstep.capture.engine.CaptureEngine;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import java.time.Duration;
import java.time.InstantSource;
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
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final EngineFactory engines;
  private final ConnectorRemoval removal;
  private final ConnectorReports reports;
  private final InstantSource clock;
  private final String owner;
  private final Thread thread;
  private final Wish wish;
  private volatile boolean dead;
  private Duration backOff = FIRST_BACK_OFF;

  /** How one run of the engine ended. */
  private final class Run implements CaptureEngine.Listener {
    private final ConnectorSpec spec;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    Run(ConnectorSpec spec) {
      this.spec = spec;
    }

    @Override
    public void running() {
      report(spec, State.RUNNING, null);
    }

    @Override
    public void ended(@Nullable Throwable thrown) {
      failure = thrown;
      ended = true;
      wish.signal();
    }
  }

  ConnectorRunner(
      ConnectorSpec spec,
      EngineFactory engines,
      ConnectorRemoval removal,
      ConnectorReports reports,
      InstantSource clock,
      String owner) {
    this.wish = new Wish(spec);
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
    wish.set(spec);
  }

  /** Whether it looks after its connector; one that met a bug does no more. */
  boolean isAlive() {
    return !dead && thread.isAlive();
  }

  /** Begins to end; {@link #awaitEnd} waits for it. */
  void close() {
    wish.close();
  }

  /** Whether the runner ended within the limit. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return thread.join(limit);
  }

  private void loop() {
    try {
      for (ConnectorSpec spec = wish.current(); spec != null; spec = wish.current()) {
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
      report(wish.last(), State.FAILED, "A bug in capture-service stopped this connector: " + e);
      throw e;
    }
  }

  private void rest(ConnectorSpec spec, State state) throws InterruptedException {
    report(spec, state, null);
    if (state == State.DELETED) {
      wish.awaitOtherThan(spec, FOREVER);
    } else {
      restUntilOtherThan(spec, state, FOREVER);
    }
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
      wish.awaitOtherThan(spec, nextBackOff());
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
    if (!wish.is(spec)) {
      return;
    }
    Failure why = Failure.of(failure);
    log.atWarn().setCause(failure).addKeyValue("connector", spec.name()).log("The engine ended");
    if (why.passes()) {
      report(spec, State.RETRYING, why.reason());
      restUntilOtherThan(spec, State.RETRYING, nextBackOff());
    } else {
      report(spec, State.FAILED, why.reason());
      restUntilOtherThan(spec, State.FAILED, FOREVER);
    }
  }

  /**
   * Another replica reports of this connector now, so nothing is said of it here until the
   * assignment had time to take it away. When it does not, the broker alone has fenced the run,
   * such as after a transaction that took too long.
   */
  private void fenced(ConnectorSpec spec) throws InterruptedException {
    log.atInfo().addKeyValue("connector", spec.name()).log("Fenced by another engine; stopped");
    wish.awaitOtherThan(spec, FENCED_PAUSE);
  }

  /** One run of the engine, until it fails or the wish changes; null when it did not fail. */
  private @Nullable Throwable run(ConnectorSpec spec) throws InterruptedException {
    if (reports.of(spec.name()).map(ConnectorStatus::state).orElse(null) != State.RETRYING) {
      report(spec, State.STARTING, null);
    }
    var run = new Run(spec);
    try (EngineFactory.Prepared prepared =
        new EngineStart(wish, spec, () -> engines.prepare(spec, run)).prepare()) {
      if (prepared == null) {
        return null;
      }
      prepared.start();
      awaitEndOrChange(run);
      if (prepared.silence(STOP_LIMIT)) {
        reportRest();
      }
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

  /** Debezium's engine can take long to end; that it publishes nothing any more is what counts. */
  private void reportRest() {
    ConnectorSpec wanted = wish.current();
    if (wanted != null && wanted.desiredState() == DesiredState.PAUSED) {
      report(wanted, State.PAUSED, null);
    } else if (wanted != null && wanted.desiredState() == DesiredState.STOPPED) {
      report(wanted, State.STOPPED, null);
    }
  }

  private void awaitEndOrChange(Run run) throws InterruptedException {
    long started = System.nanoTime();
    boolean _ = wish.awaitOr(run.spec, () -> run.ended);
    if (System.nanoTime() - started > MAX_BACK_OFF.multipliedBy(2).toNanos()) {
      backOff = FIRST_BACK_OFF;
    }
  }

  /**
   * Waits like {@link Wish#awaitOtherThan}, and looks after the connector's snapshots meanwhile.
   */
  private void restUntilOtherThan(ConnectorSpec spec, State state, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    var snapshots = engines.snapshots().new AtRest(spec.name(), state);
    for (long left = limit.toNanos(); left > 0; left = deadline - System.nanoTime()) {
      if (!wish.is(spec)) {
        return;
      }
      snapshots.look();
      wish.awaitOtherThan(spec, Duration.ofNanos(Math.min(left, LOOK.toNanos())));
    }
  }

  /** A runner that was let go says nothing any more: its connector is another's to report. */
  private void report(ConnectorSpec spec, State state, @Nullable String reason) {
    wish.unlessClosed(
        () ->
            reports.report(
                new ConnectorStatus(
                    spec.name(), state, owner, spec.generation(), reason, clock.instant())));
  }
}
