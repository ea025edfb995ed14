package dev.lockstep.stack.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out which process listens on a port, as far as Linux tells this user. */
final class PortOwner {
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** For a message: {@code mysqld (pid 42)}, or that it can't be seen. */
  static String of(int port) {
    try {
      Set<String> sockets = sockets(port);
      try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
        return processes
            .filter(process -> process.getFileName().toString().matches("\\d+"))
            .filter(process -> holds(process, sockets))
            .findFirst()
            .map(PortOwner::describe)
            .orElse("a process of another user, which this user can't see");
      }
    } catch (IOException e) {
      return "a process that this system does not show (" + e.getMessage() + ")";
    }
  }

  private static Set<String> sockets(int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.exists(Path.of(table))) {
        Files.readAllLines(Path.of(table)).stream()
            .skip(1)
            .map(line -> line.strip().split("\\s+"))
            .filter(row -> row[3].equals(LISTENING) && row[1].endsWith(":%04X".formatted(port)))
            .forEach(row -> sockets.add("socket:[%s]".formatted(row[9])));
      }
    }
    return sockets;
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors.anyMatch(
          descriptor -> target(descriptor).filter(sockets::contains).isPresent());
    } catch (IOException e) {
      // it ended meanwhile, or belongs to another user: either way it can't be named
      return false;
    }
  }

  private static Optional<String> target(Path descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      // closed meanwhile
      return Optional.empty();
    }
  }

  private static String describe(Path process) {
    String pid = process.getFileName().toString();
    try {
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      String shown = command.replace('\0', ' ').strip();
      return "%s (pid %s)"
          .formatted(shown.length() > 100 ? shown.substring(0, 100) + "..." : shown, pid);
    } catch (IOException e) {
      return "pid " + pid;
    }
  }
}
