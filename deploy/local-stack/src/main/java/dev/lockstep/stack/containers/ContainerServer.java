package dev.lockstep.stack.containers;

import dev.lockstep.stack.Server;
import dev.lockstep.stack.readiness.Probe;
import dev.lockstep.stack.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.testcontainers.containers.GenericContainer;

/**
 * A server in a container on a fixed port. Stopping and killing keep the container, and with it the
 * data; closing removes it.
 */
abstract class ContainerServer implements Server {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final GenericContainer<?> container;
  private final int port;
  private boolean made;

  ContainerServer(GenericContainer<?> container, int port, int portInside) {
    this.container = container;
    this.port = port;
    container.setPortBindings(List.of("%d:%d".formatted(port, portInside)));
  }

  /** Returns when the server answers. */
  abstract Probe probe();

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (made) {
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    } else {
      container.start();
      made = true;
    }
    Readiness.await(name(), START_LIMIT, probe(), this::isRunning, container::getLogs);
  }

  @Override
  public synchronized void stop() {
    if (isRunning()) {
      container
          .getDockerClient()
          .stopContainerCmd(container.getContainerId())
          .withTimeout(30)
          .exec();
    }
  }

  @Override
  public synchronized void kill() {
    if (isRunning()) {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return made && container.isRunning();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    container.stop();
  }

  public String host() {
    return container.getHost();
  }

  public int port() {
    return port;
  }
}
