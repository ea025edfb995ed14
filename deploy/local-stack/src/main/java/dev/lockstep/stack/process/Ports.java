package dev.lockstep.stack.process;

import dev.lockstep.stack.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports. */
public final class Ports {
  /**
   * Below the range that systems give to outgoing connections: a server that is killed and started
   * again must find its port free, and a client that tries it meanwhile must not be given that very
   * port to call from.
   */
  private static final int FIRST = 15_000;

  private static final int LAST = 32_000;

  private Ports() {}

  /** The port itself, or a free one for 0. */
  public static int given(int port) {
    return port == 0 ? free() : port;
  }

  /** A port of the loopback interface that nobody listens on. */
  public static int free() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new StackException(
        "No free port between %d and %d after 200 attempts".formatted(FIRST, LAST));
  }

  /** Whether a server could listen there. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
