package dev.lockstep.stack.readiness;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.StackException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What "ready" means for each server, and the waiting for it. */
public final class Readiness {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration FOR_GIVEN_SERVERS = Duration.ofSeconds(10);

  private Readiness() {}

  /** A query of the all-powerful account answers. */
  public static void mysql(MySqlServer server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /** A query answers. */
  public static void clickHouse(ClickHouseServer server) {
    server.query("SELECT 1");
  }

  /**
   * The broker answers a Metadata request and knows a live broker (itself), so that topics can be
   * made.
   */
  public static void kafka(String bootstrapServers) throws IOException {
    String first = bootstrapServers.split(",", 2)[0].strip();
    int colon = first.lastIndexOf(':');
    if (colon < 0) {
      throw new IOException("'" + first + "' has no port");
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              first.substring(0, colon), Integer.parseInt(first.substring(colon + 1))),
          2000);
      socket.setSoTimeout(5000);
      askForBrokers(new DataOutputStream(socket.getOutputStream()));
      if (brokers(new DataInputStream(socket.getInputStream())) < 1) {
        throw new IOException("the broker has not joined its own cluster yet");
      }
    }
  }

  /** Metadata request, version 1, without topics: the format is in Kafka's protocol guide. */
  private static void askForBrokers(DataOutputStream out) throws IOException {
    out.writeInt(2 + 2 + 4 + 2 + 4);
    out.writeShort(3);
    out.writeShort(1);
    out.writeInt(1);
    out.writeShort(-1);
    out.writeInt(0);
    out.flush();
  }

  private static int brokers(DataInputStream in) throws IOException {
    in.readInt();
    in.readInt();
    return in.readInt();
  }

  /** Waits until a server that somebody else runs answers, or says that it does not. */
  public static void require(String what, Probe probe) {
    await(what, FOR_GIVEN_SERVERS, probe, () -> true, () -> "");
  }

  /**
   * Waits until the probe returns.
   *
   * @param alive when false, waiting is pointless
   * @param log what to show of the server's own words on failure
   * @throws StackException when the server ends or the limit passes, with the last obstacle and the
   *     log
   */
  public static void await(
      String what, Duration limit, Probe probe, BooleanSupplier alive, Supplier<String> log) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Exception obstacle = attempt(probe);
      if (obstacle == null) {
        return;
      }
      if (!alive.getAsBoolean()) {
        throw new StackException(
            "%s ended while starting.%n%s".formatted(what, log.get()), obstacle);
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "%s did not answer within %d s: %s%n%s"
                .formatted(what, limit.toSeconds(), obstacle.getMessage(), log.get()),
            obstacle);
      }
      pause(what);
    }
  }

  private static @Nullable Exception attempt(Probe probe) {
    try {
      probe.check();
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  private static void pause(String what) {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for " + what, e);
    }
  }
}
