package dev.lockstep.stack.containers;

import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.readiness.Probe;
import dev.lockstep.stack.readiness.Readiness;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

final class MariaDbContainerServer extends ContainerServer implements MariaDbServer {
  private static final String PASSWORD = "debezium";
  private static final int PORT_INSIDE = 3306;

  MariaDbContainerServer(int port, List<String> flags) {
    super(container(flags), port, PORT_INSIDE);
  }

  private static GenericContainer<?> container(List<String> flags) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--server-id=1",
                "--gtid-strict-mode=ON"));
    command.addAll(flags);
    return new GenericContainer<>("mariadb:10.11")
        .withEnv("MARIADB_ROOT_PASSWORD", PASSWORD)
        .withExposedPorts(PORT_INSIDE)
        .withCommand(command.toArray(String[]::new));
  }

  @Override
  Probe probe() {
    return () -> Readiness.mysql(this);
  }

  @Override
  public String user() {
    return "root";
  }

  @Override
  public String password() {
    return PASSWORD;
  }
}
