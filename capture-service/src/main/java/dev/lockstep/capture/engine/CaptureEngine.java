package dev.lockstep.capture.engine;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one Debezium engine: from the committed offset until it is closed or fails. What it
 * captures goes to a {@link BatchHandover}.
 */
public final class CaptureEngine {
  private static final Logger log = LoggerFactory.getLogger(CaptureEngine.class);

  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final BatchHandover handover;
  private final Listener listener;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;

  /** Is told of the engine's turns, on its threads. */
  public interface Listener {
    /** It reads from the source now. */
    void running();

    /** It has ended: without a failure after {@link CaptureEngine#close}, else with why. */
    void ended(@Nullable Throwable failure);
  }

  /**
   * Prepares a run; {@link #start} begins it.
   *
   * @param name the connector's name, for the thread
   * @param config from {@link EngineConfig}
   * @param handover takes the batches
   * @param listener is told of turns
   */
  public CaptureEngine(String name, Properties config, BatchHandover handover, Listener listener) {
    this.handover = handover;
    this.engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(config)
            .using(new Polling(listener))
            .using((success, message, error) -> finish(success, message, error))
            .notifying(handover::handle)
            .build();
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("engine-" + name).daemon().unstarted(this::run);
  }

  private record Polling(Listener listener) implements DebeziumEngine.ConnectorCallback {
    @Override
    public void pollingStarted() {
      listener.running();
    }
  }

  /** Begins the run on a thread of its own. */
  public void start() {
    thread.start();
  }

  /**
   * Debezium tells the end by its callback; what it throws beside that must not go unseen either.
   */
  private void run() {
    try {
      engine.run();
      end(
          handover.isClosing()
              ? null
              : new IllegalStateException("Debezium's engine ended without a reason"));
    } catch (Throwable e) {
      end(e);
      throw e;
    }
  }

  private void finish(boolean success, @Nullable String message, @Nullable Throwable error) {
    if (handover.isClosing()) {
      end(null);
    } else if (error != null) {
      end(error);
    } else {
      String reason = message == null ? "Debezium's engine ended by itself" : message;
      end(new IllegalStateException(success ? "Ended unasked: " + reason : reason));
    }
  }

  private void end(@Nullable Throwable failure) {
    if (ended.complete(null)) {
      listener.ended(failure);
    }
  }

  /** No batch is published any more once this returns true; false when one takes past the limit. */
  public boolean silence(Duration limit) throws InterruptedException {
    return handover.close(limit);
  }

  /**
   * Stops the run and waits for its end, within the limit. What was not committed is captured again
   * by the next run.
   *
   * @return whether it has ended
   */
  public boolean close(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean _ = handover.close(limit);
    // A slow batch may have taken all of the time: the engine is asked to end all the same.
    do {
      requestStop();
      awaitEnd(Duration.ofMillis(250));
    } while (!ended.isDone() && thread.isAlive() && System.nanoTime() < deadline);
    return ended.isDone() || !thread.isAlive();
  }

  private void requestStop() {
    try {
      engine.close();
    } catch (IllegalStateException e) {
      // Debezium refuses while its tasks start, and when it stops already.
      log.atDebug()
          .addKeyValue("engine", thread.getName())
          .log("Not stopped yet: {}", e.getMessage());
    } catch (IOException e) {
      log.atWarn()
          .setCause(e)
          .addKeyValue("engine", thread.getName())
          .log("The engine did not stop cleanly");
    }
  }

  private void awaitEnd(Duration limit) throws InterruptedException {
    try {
      ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.trace("The engine has not ended yet", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("An end is never exceptional", e);
    }
  }
}
