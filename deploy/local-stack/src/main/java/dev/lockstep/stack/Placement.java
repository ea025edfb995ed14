package dev.lockstep.stack;

import java.nio.file.Path;
import java.util.List;

/**
 * Where and how a server runs on this machine.
 *
 * @param folder holds the server's data and log; made if missing, and kept from start to start
 * @param port the main port (ClickHouse: HTTP), or 0 for a free one
 * @param secondPort ClickHouse's native port, or 0 for a free one; the others have none
 * @param lifetime whether it outlives this JVM
 * @param temporary whether the folder is deleted when the server is closed, or when this JVM is
 *     killed
 * @param flags further options: MySQL's {@code --name=value}, Kafka's {@code name=value}, for
 *     ClickHouse files with elements of its config, which are read at each start
 */
public record Placement(
    Path folder,
    int port,
    int secondPort,
    Lifetime lifetime,
    boolean temporary,
    List<String> flags) {
  public Placement {
    folder = folder.toAbsolutePath().normalize();
    flags = List.copyOf(flags);
    if (port < 0 || port > 65535 || secondPort < 0 || secondPort > 65535) {
      throw new IllegalArgumentException(
          "A port is 0 (any free one) to 65535, not " + port + ", " + secondPort);
    }
  }

  /** On free ports in this folder, for as long as this JVM lives; the data stays. */
  public static Placement in(Path folder) {
    return new Placement(folder, 0, 0, Lifetime.WITH_THIS_JVM, false, List.of());
  }

  public Placement withPort(int newPort) {
    return new Placement(folder, newPort, secondPort, lifetime, temporary, flags);
  }

  public Placement withSecondPort(int newPort) {
    return new Placement(folder, port, newPort, lifetime, temporary, flags);
  }

  public Placement withLifetime(Lifetime newLifetime) {
    return new Placement(folder, port, secondPort, newLifetime, temporary, flags);
  }

  /** Deletes the folder with the server. */
  public Placement asTemporary() {
    return new Placement(folder, port, secondPort, lifetime, true, flags);
  }

  public Placement withFlags(String... newFlags) {
    return new Placement(folder, port, secondPort, lifetime, temporary, List.of(newFlags));
  }
}
