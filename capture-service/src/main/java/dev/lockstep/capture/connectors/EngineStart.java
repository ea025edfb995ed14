package dev.lockstep.capture.connectors;

import dev.lockstep.capture.connectors.EngineFactory.Prepared;
import dev.lockstep.common.control.ConnectorSpec;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Prepares an engine unless the wish changes first. The source and Kafka are waited for on a
 * virtual thread, where an interrupt ends every wait, on sockets too: a source that does not answer
 * must not hold up a pause.
 */
final class EngineStart {
  private final Wish wish;
  private final ConnectorSpec spec;
  private final FutureTask<Prepared> task;

  /**
   * Of one run.
   *
   * @param spec what is run, as long as it is the wish
   * @param preparation from {@link EngineFactory#prepare}
   */
  EngineStart(Wish wish, ConnectorSpec spec, Callable<Prepared> preparation) {
    this.wish = wish;
    this.spec = spec;
    this.task =
        new FutureTask<>(preparation) {
          @Override
          protected void done() {
            wish.signal();
          }
        };
  }

  /**
   * The engine, ready to start; null when another wish came first.
   *
   * @throws RuntimeException what the preparation has thrown
   */
  @Nullable Prepared prepare() throws InterruptedException {
    Thread thread =
        Thread.ofVirtual().name(Thread.currentThread().getName() + "-start").start(task);
    if (!wish.awaitOr(spec, task::isDone)) {
      thread.interrupt();
    }
    Prepared prepared = result();
    if (prepared != null && !wish.is(spec)) {
      prepared.close();
      return null;
    }
    return prepared;
  }

  private @Nullable Prepared result() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error bug) {
        throw bug;
      }
      // Interrupted, as nothing else is thrown: another wish came.
      return null;
    }
  }
}
