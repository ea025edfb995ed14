package dev.lockstep.stack.containers;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.ServerProvider;
import dev.lockstep.stack.process.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Servers in containers, through Testcontainers, when that is on the class path and a Docker engine
 * answers. The project's own machines have no Docker, so this way is the one that its builds do not
 * try.
 */
public final class DockerServers implements ServerProvider {
  @Override
  public Optional<MySqlServer> mysql(Placement placement) {
    return inDocker(
        () -> new MySqlContainerServer(Ports.given(placement.port()), placement.flags()));
  }

  @Override
  public Optional<MariaDbServer> mariaDb(Placement placement) {
    return inDocker(
        () -> new MariaDbContainerServer(Ports.given(placement.port()), placement.flags()));
  }

  @Override
  public Optional<KafkaServer> kafka(Placement placement) {
    return inDocker(
        () -> new KafkaContainerServer(Ports.given(placement.port()), placement.flags()));
  }

  @Override
  public Optional<ClickHouseServer> clickHouse(Placement placement) {
    return inDocker(() -> new ClickHouseContainerServer(Ports.given(placement.port())));
  }

  private static <S> Optional<S> inDocker(Supplier<S> server) {
    return Engine.ANSWERS ? Optional.of(server.get()) : Optional.empty();
  }

  /**
   * Asked once, and only where an engine's socket is: the question takes Testcontainers seconds.
   */
  private static final class Engine {
    static final boolean ANSWERS = looksPresent() && testcontainersIsThere() && Docker.answers();

    private Engine() {}

    private static boolean looksPresent() {
      return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    }

    private static boolean testcontainersIsThere() {
      try {
        Class.forName(
            "org.testcontainers.DockerClientFactory", false, Engine.class.getClassLoader());
        Class.forName(
            "org.testcontainers.kafka.KafkaContainer", false, Engine.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }
}
