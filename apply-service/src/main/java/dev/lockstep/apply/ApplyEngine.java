package dev.lockstep.apply;

import dev.lockstep.apply.intake.ListenerControl;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sets the parts in motion: waits for Kafka, reads the control topics, keeps the listener on the
 * right topics, reports. Starting never fails for a server that is away.
 */
final class ApplyEngine implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ApplyEngine.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration RECONCILE_INTERVAL = Duration.ofMillis(250);

  private final KafkaSettings kafka;
  private final Admin admin;
  private final ControlState control;
  private final ListenerControl listener;
  private final List<Periodic> tasks;
  private final ScheduledThreadPoolExecutor scheduler;
  private boolean controlStarted;
  private volatile boolean running;

  ApplyEngine(
      KafkaSettings kafka,
      Admin admin,
      ControlState control,
      ListenerControl listener,
      List<Periodic> tasks) {
    this.kafka = kafka;
    this.admin = admin;
    this.control = control;
    this.listener = listener;
    this.tasks = List.copyOf(tasks);
    // One thread each, as some wait for servers.
    this.scheduler =
        new ScheduledThreadPoolExecutor(
            1 + tasks.size(), Thread.ofPlatform().name("apply-control-", 0).daemon().factory());
  }

  @Override
  public void start() {
    running = true;
    every(RECONCILE_INTERVAL, this::reconcile);
    tasks.forEach(task -> every(task.interval(), task.task()));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with the scheduler, never by a failure
  private void every(Duration interval, Runnable task) {
    scheduler.scheduleWithFixedDelay(guarded(task), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A task that throws would not be run again. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("A periodic task failed; it is run again");
      }
    };
  }

  private void reconcile() {
    if (!controlStarted) {
      startControl();
    }
    listener.reconcile();
  }

  private void startControl() {
    try {
      ControlTopics.ensure(admin, kafka, LIMIT);
      control.start(kafka);
      controlStarted = true;
    } catch (TimeoutException | ExecutionException e) {
      log.atDebug().setCause(e).log("The control topics can't be made yet");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    scheduler.shutdownNow();
    try {
      if (!scheduler.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        log.atWarn().log("A periodic task did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.close();
    control.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
