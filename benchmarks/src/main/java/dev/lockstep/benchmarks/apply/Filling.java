package dev.lockstep.benchmarks.apply;

import dev.lockstep.benchmarks.harness.ProcessUsage;
import java.io.IOException;

/** A target that is being filled. */
interface Filling extends AutoCloseable {
  /** What a process beside ClickHouse has used since it began. */
  ProcessUsage usage() throws IOException;

  /**
   * Makes sure that it goes on.
   *
   * @throws IllegalStateException when it does not, with the reason
   */
  void verifyAlive();

  /** What it said last, for the message when it takes too long. */
  String lastWords();

  /** Ends it. */
  @Override
  void close();
}
