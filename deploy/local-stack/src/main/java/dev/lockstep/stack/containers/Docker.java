package dev.lockstep.stack.containers;

import org.testcontainers.DockerClientFactory;

/** The engine, behind a class that is loaded only where Testcontainers is. */
final class Docker {
  private Docker() {}

  static boolean answers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }
}
