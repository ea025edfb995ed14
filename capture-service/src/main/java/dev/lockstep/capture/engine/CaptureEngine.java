package dev.lockstep.capture.engine;

import dev.lockstep.capture.publish.TransactionalPublisher;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one Debezium engine: from the committed offset until it is closed or fails. What it
 * captures goes to the publisher batch by batch, and Debezium is told only after the batch is
 * committed.
 */
public final class CaptureEngine {
  private static final Logger log = LoggerFactory.getLogger(CaptureEngine.class);

  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final TransactionalPublisher publisher;
  private final TransactionalPublisher.Place place;
  private final Batches batches;
  private final Listener listener;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closing;

  /** Held from the begin of a batch until its commit, so that a stop does not interrupt it. */
  private final ReentrantLock publishing = new ReentrantLock();

  /** From the begin of a batch until its commit. */
  private boolean broken;

  /** Is told of the engine's turns, on its threads. */
  public interface Listener {
    /** It reads from the source now. */
    void running();

    /** It has ended: without a failure after {@link CaptureEngine#close}, else with why. */
    void ended(@Nullable Throwable failure);
  }

  /** Is told of batches, on the engine's thread, in their order. */
  public interface Batches {
    /** One has been taken off Debezium's queue; it is never empty. */
    void began(List<SourceRecord> batch);

    /** It is committed; its transaction took this long. */
    void committed(List<SourceRecord> batch, Duration transaction);
  }

  /**
   * Prepares a run; {@link #start} begins it.
   *
   * @param name the connector's name, for the thread
   * @param config from {@link EngineConfig}
   * @param publisher takes the batches; closed by the caller after this engine
   * @param place where the publisher goes on
   * @param listener is told of turns
   * @param batches is told of what is published
   */
  public CaptureEngine(
      String name,
      Properties config,
      TransactionalPublisher publisher,
      TransactionalPublisher.Place place,
      Listener listener,
      Batches batches) {
    this.publisher = publisher;
    this.place = place;
    this.batches = batches;
    this.engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(config)
            .using(new Polling(listener))
            .using((success, message, error) -> finish(success, message, error))
            .notifying(this::handle)
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

  private void handle(
      List<RecordChangeEvent<SourceRecord>> batch,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    List<SourceRecord> records;
    Duration transaction;
    publishing.lock();
    try {
      if (closing || batch.isEmpty()) {
        return;
      }
      if (broken) {
        throw new IllegalStateException("A batch failed: nothing after it may be published");
      }
      broken = true;
      records = batch.stream().map(RecordChangeEvent::record).toList();
      batches.began(records);
      transaction = publisher.publish(records, place);
      broken = false;
    } finally {
      publishing.unlock();
    }
    batches.committed(records, transaction);
    committer.markProcessed(batch.getLast());
    committer.markBatchFinished();
  }

  /**
   * Debezium tells the end by its callback; what it throws beside that must not go unseen either.
   */
  private void run() {
    try {
      engine.run();
      end(closing ? null : new IllegalStateException("Debezium's engine ended without a reason"));
    } catch (Throwable e) {
      end(e);
      throw e;
    }
  }

  private void finish(boolean success, @Nullable String message, @Nullable Throwable error) {
    if (closing) {
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

  /**
   * Stops the run and waits for its end, within the limit. What was not committed is captured again
   * by the next run.
   *
   * @return whether it has ended
   */
  public boolean close(Duration limit) throws InterruptedException {
    closing = true;
    long deadline = System.nanoTime() + limit.toNanos();
    if (publishing.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      publishing.unlock();
    }
    while (!ended.isDone() && thread.isAlive() && System.nanoTime() < deadline) {
      requestStop();
      awaitEnd(Duration.ofMillis(250));
    }
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
