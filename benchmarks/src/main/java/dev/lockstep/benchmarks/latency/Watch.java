package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.harness.Figures;
import java.io.IOException;
import java.time.Duration;

/** A subject at work, and the place where its changes are looked for. */
interface Watch extends AutoCloseable {
  /** Whether any row comes within the limit. */
  boolean any(Duration limit) throws InterruptedException;

  /**
   * Makes sure that the subject still runs.
   *
   * @throws IllegalStateException when it has ended, with its last words
   */
  void verifyAlive();

  /** The last lines of its log. */
  String lastWords();

  /**
   * Waits for the changes, while they are committed; how long they took from being sent.
   *
   * @throws IllegalStateException when some have not come within the limit
   */
  Figures await(SteadyChanges changes, Duration limit) throws InterruptedException;

  /** Ends the subject. */
  @Override
  void close() throws IOException;
}
