package dev.lockstep.stack.process;

import dev.lockstep.stack.Lifetime;
import dev.lockstep.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process in a session of its own, so that the terminal's Ctrl-C does not reach it. Its output
 * goes to a log file.
 *
 * <p>With {@link Lifetime#WITH_THIS_JVM} a watcher beside it reads a pipe that only this JVM holds
 * open: the pipe ends when the JVM does, even after {@code kill -9}, and the watcher then kills the
 * process.
 */
public final class ServerProcess {
  /**
   * Becomes the command itself ({@code exec}), so the pid is the server's; {@code $$} in the
   * watcher is that pid too.
   */
  private static final String GUARDED =
      """
      exec 3<&0 </dev/null
      (
        cat <&3 >/dev/null
        kill -9 $$ 2>/dev/null || exit 0
        [ -n "$LOCKSTEP_DELETE_WITH_JVM" ] || exit 0
        tries=0
        while kill -0 $$ 2>/dev/null && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
        rm -rf -- "$LOCKSTEP_DELETE_WITH_JVM"
      ) >/dev/null 2>&1 &
      exec 3<&-
      exec "$@"
      """;

  private static final String DETACHED = "exec \"$@\" </dev/null";

  private final ProcessHandle handle;
  private final Path log;

  private ServerProcess(ProcessHandle handle, Path log) {
    this.handle = handle;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param deleteWithJvm a folder to delete when this JVM dies before the process does
   */
  public static ServerProcess start(
      List<String> command,
      Map<String, String> environment,
      Path log,
      Lifetime lifetime,
      Optional<Path> deleteWithJvm) {
    boolean guarded = lifetime == Lifetime.WITH_THIS_JVM;
    List<String> full = new ArrayList<>();
    if (Programs.find("setsid").isPresent()) {
      full.add("setsid");
    }
    full.addAll(List.of("sh", "-c", guarded ? GUARDED : DETACHED, "lockstep"));
    full.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(full).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (!guarded) {
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("LOCKSTEP_DELETE_WITH_JVM", deleteWithJvm.map(Path::toString).orElse(""));
    try {
      Files.createDirectories(log.getParent());
      return new ServerProcess(builder.start().toHandle(), log);
    } catch (IOException e) {
      throw new StackException(
          "Could not start %s: %s".formatted(command.getFirst(), e.getMessage()), e);
    }
  }

  public long pid() {
    return handle.pid();
  }

  public boolean isAlive() {
    return handle.isAlive();
  }

  /**
   * Asks it to end (SIGTERM) and waits; kills it when the limit passes. Says whether it ended by
   * itself.
   */
  public boolean terminate(Duration limit) {
    return ProcessStop.terminate(handle, limit);
  }

  /** Ends it with SIGKILL and waits until it is gone. */
  public void kill() {
    handle.destroyForcibly();
    ProcessStop.awaitExit(handle, Duration.ofSeconds(10));
  }

  public Path log() {
    return log;
  }
}
