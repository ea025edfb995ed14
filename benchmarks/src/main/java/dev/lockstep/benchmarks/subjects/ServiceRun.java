package dev.lockstep.benchmarks.subjects;

import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.stack.process.LogTail;
import dev.lockstep.stack.process.ServerProcess;
import java.io.IOException;
import java.time.Duration;

/** A process that is measured, while it runs. */
public record ServiceRun(ServerProcess process) implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  /** What the process has used since it began. */
  public ProcessUsage usage() throws IOException {
    return ProcessUsage.of(process.pid());
  }

  /**
   * Makes sure that it still runs.
   *
   * @throws IllegalStateException when it has ended, with its last words
   */
  public void verifyAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The process has ended by itself:\n" + LogTail.of(process.log()));
    }
  }

  /** The last lines of its log. */
  public String lastWords() {
    return LogTail.of(process.log());
  }

  /** Ends it in order, so that it has written all it ever will. */
  @Override
  public void close() {
    if (process.isAlive()) {
      boolean _ = process.terminate(STOP_LIMIT);
    }
  }
}
