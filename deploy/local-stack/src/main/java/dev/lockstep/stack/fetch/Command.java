package dev.lockstep.stack.fetch;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, within a bound. */
public final class Command {
  private Command() {}

  /**
   * Runs it in a folder and returns what it wrote to its standard output.
   *
   * @throws StackException when it fails or takes too long, with the last lines that it wrote
   */
  public static String run(Path folder, Duration limit, List<String> command) {
    return run(folder, limit, command, Path.of("/dev/null"));
  }

  /** As the other, with a file as its standard input. */
  public static String run(Path folder, Duration limit, List<String> command, Path in) {
    try {
      Path out = Files.createTempFile("lockstep-", ".out");
      Path err = Files.createTempFile("lockstep-", ".log");
      try {
        return run(folder, limit, command, in, out, err);
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new StackException(
          "Could not run %s: %s".formatted(command.getFirst(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while running " + command.getFirst(), e);
    }
  }

  private static String run(
      Path folder, Duration limit, List<String> command, Path in, Path out, Path err)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(in.toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // a Maven that runs us must not decide which project the Maven that we run works on
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("MAVEN_") && !name.equals("MAVEN_OPTS"));
    Process process = builder.start();
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new StackException(
          "`%s` took longer than %d s.%n%s"
              .formatted(shown(command), limit.toSeconds(), LogTail.of(err)));
    }
    if (process.exitValue() != 0) {
      throw new StackException(
          "`%s` failed with exit code %d.%n%s"
              .formatted(
                  shown(command),
                  process.exitValue(),
                  LogTail.of(Files.size(err) > 0 ? err : out)));
    }
    return Files.readString(out);
  }

  private static String shown(List<String> command) {
    String all = String.join(" ", command);
    return all.length() > 200 ? all.substring(0, 200) + " ..." : all;
  }
}
