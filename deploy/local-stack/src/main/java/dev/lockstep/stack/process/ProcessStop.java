package dev.lockstep.stack.process;

import dev.lockstep.stack.StackException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes, ours or another launcher's, within a bound. */
public final class ProcessStop {
  private ProcessStop() {}

  /** SIGTERM, then SIGKILL when the limit passes. Says whether SIGTERM was enough. */
  public static boolean terminate(ProcessHandle handle, Duration limit) {
    handle.destroy();
    if (exited(handle, limit)) {
      return true;
    }
    handle.destroyForcibly();
    awaitExit(handle, Duration.ofSeconds(10));
    return false;
  }

  static void awaitExit(ProcessHandle handle, Duration limit) {
    if (!exited(handle, limit)) {
      throw new StackException(
          "Process %d is still there %d s after kill -9"
              .formatted(handle.pid(), limit.toSeconds()));
    }
  }

  private static boolean exited(ProcessHandle handle, Duration limit) {
    try {
      handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while process " + handle.pid() + " was ending", e);
    } catch (ExecutionException e) {
      throw new StackException("Could not wait for process " + handle.pid(), e);
    }
  }
}
