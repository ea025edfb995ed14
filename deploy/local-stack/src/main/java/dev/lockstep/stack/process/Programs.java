package dev.lockstep.stack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds programs on this machine. */
public final class Programs {
  private Programs() {}

  /** The program's file, looked for along PATH. */
  public static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The {@code java} this JVM was started from. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
