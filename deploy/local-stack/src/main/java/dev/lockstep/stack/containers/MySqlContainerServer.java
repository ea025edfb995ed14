package dev.lockstep.stack.containers;

import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.readiness.Probe;
import dev.lockstep.stack.readiness.Readiness;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.mysql.MySQLContainer;

final class MySqlContainerServer extends ContainerServer implements MySqlServer {
  private static final String PASSWORD = "debezium";

  MySqlContainerServer(int port, List<String> flags) {
    super(container(flags), port, MySQLContainer.MYSQL_PORT);
  }

  private static MySQLContainer container(List<String> flags) {
    List<String> command =
        new ArrayList<>(
            List.of("--server-id=1", "--gtid-mode=ON", "--enforce-gtid-consistency=ON"));
    command.addAll(flags);
    return new MySQLContainer("mysql:9.7")
        .withUsername("root")
        .withPassword(PASSWORD)
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
