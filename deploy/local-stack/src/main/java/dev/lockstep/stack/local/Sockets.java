package dev.lockstep.stack.local;

import java.nio.file.Path;

/** Where a server's unix socket is. */
final class Sockets {
  /** The kernel's limit for the path of a unix socket. */
  private static final int LONGEST = 107;

  private Sockets() {}

  /** In the server's folder, or elsewhere when its path is too long. */
  static Path beside(Path folder, int port) {
    Path beside = folder.resolve("mysqld.sock");
    return beside.toString().length() <= LONGEST
        ? beside
        : Path.of("/tmp", "lockstep-mysqld-%d.sock".formatted(port));
  }
}
