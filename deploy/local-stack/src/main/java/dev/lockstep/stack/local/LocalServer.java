package dev.lockstep.stack.local;

import dev.lockstep.stack.Placement;
import dev.lockstep.stack.Server;
import dev.lockstep.stack.StackException;
import dev.lockstep.stack.process.Folders;
import dev.lockstep.stack.process.LogTail;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.ServerProcess;
import dev.lockstep.stack.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A server that is a process of ours, with its data and log in one folder. */
abstract class LocalServer implements Server {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Placement placement;
  private final int port;
  private @Nullable ServerProcess process;

  LocalServer(Placement placement) {
    this.placement = placement;
    this.port = Ports.given(placement.port());
  }

  /** Makes the data folder what the server needs, and gives the command that runs the server. */
  abstract List<String> prepare() throws IOException;

  /** Returns when the server answers. */
  abstract void probe() throws Exception;

  /** Waits without the lock, so that another thread can stop what does not come up. */
  @Override
  public void start() {
    if (launch()) {
      awaitReady();
    }
  }

  private synchronized boolean launch() {
    if (isRunning()) {
      return false;
    }
    if (!Ports.isFree(port)) {
      throw new StackException("%s can't start: port %d is in use".formatted(name(), port));
    }
    try {
      Files.createDirectories(folder());
      List<String> command = prepare();
      Optional<Path> doomed = placement.temporary() ? Optional.of(folder()) : Optional.empty();
      process = ServerProcess.start(command, Map.of(), log(), placement.lifetime(), doomed);
      return true;
    } catch (IOException e) {
      throw new StackException(
          "%s can't use the folder %s: %s".formatted(name(), folder(), e.getMessage()), e);
    }
  }

  private void awaitReady() {
    try {
      Readiness.await(name(), START_LIMIT, this::probe, this::isRunning, () -> LogTail.of(log()));
    } catch (StackException e) {
      kill();
      throw e;
    }
  }

  @Override
  public synchronized void stop() {
    if (process != null) {
      process.terminate(STOP_LIMIT);
      process = null;
    }
  }

  @Override
  public synchronized void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized OptionalLong pid() {
    return process != null && process.isAlive()
        ? OptionalLong.of(process.pid())
        : OptionalLong.empty();
  }

  @Override
  public void close() {
    if (!placement.temporary()) {
      stop();
      return;
    }
    // the data goes away with it, so there is nothing that an orderly shutdown would save
    kill();
    try {
      Folders.delete(folder());
    } catch (IOException e) {
      throw new StackException(
          "The folder %s can't be deleted: %s".formatted(folder(), e.getMessage()), e);
    }
  }

  public int port() {
    return port;
  }

  Placement placement() {
    return placement;
  }

  Path folder() {
    return placement.folder();
  }

  Path log() {
    return folder().resolve(name() + ".log");
  }
}
