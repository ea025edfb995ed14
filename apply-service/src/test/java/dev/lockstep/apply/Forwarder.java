package dev.lockstep.apply;

import dev.lockstep.stack.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Another address of a server, which can be taken away, or be there and say nothing. */
final class Forwarder implements AutoCloseable {
  private final int port = Ports.free();
  private final URI target;
  private final ServerSocketFactory sockets;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean mute;
  private @Nullable ServerSocket listening;

  Forwarder(String target) throws IOException {
    this(target, ServerSocketFactory.getDefault());
  }

  /** By sockets of another kind, such as those of TLS. */
  Forwarder(String target, ServerSocketFactory sockets) throws IOException {
    this.target = URI.create(target);
    this.sockets = sockets;
    open();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Takes connections and forwards them. */
  void open() throws IOException {
    ServerSocket server = sockets.createServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listening = server;
    Thread.ofVirtual().start(() -> accept(server));
  }

  /** Takes requests from now on and answers none. */
  void mute() {
    mute = true;
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket client = server.accept();
        var upstream = new Socket(target.getHost(), target.getPort());
        open.add(client);
        open.add(upstream);
        Thread.ofVirtual().start(() -> copy(client, upstream, false));
        Thread.ofVirtual().start(() -> copy(upstream, client, true));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void copy(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      int length = from.getInputStream().read(buffer);
      while (length >= 0) {
        if (!(answers && mute)) {
          to.getOutputStream().write(buffer, 0, length);
        }
        length = from.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      // one of the two ends has closed
    }
  }

  /** Cuts what is connected, and takes nobody any more. */
  void cut() throws IOException {
    if (listening != null) {
      listening.close();
    }
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
