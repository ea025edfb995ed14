package dev.lockstep.stack.containers;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.readiness.Probe;
import dev.lockstep.stack.readiness.Readiness;
import org.testcontainers.clickhouse.ClickHouseContainer;

final class ClickHouseContainerServer extends ContainerServer implements ClickHouseServer {
  private static final int HTTP_PORT_INSIDE = 8123;
  private static final String USER = "lockstep";
  private static final String PASSWORD = "lockstep";

  ClickHouseContainerServer(int port) {
    super(
        new ClickHouseContainer("clickhouse/clickhouse-server:26.7")
            .withUsername(USER)
            .withPassword(PASSWORD),
        port,
        HTTP_PORT_INSIDE);
  }

  @Override
  Probe probe() {
    return () -> Readiness.clickHouse(this);
  }

  @Override
  public String httpUrl() {
    return "http://%s:%d".formatted(host(), port());
  }

  @Override
  public String user() {
    return USER;
  }

  @Override
  public String password() {
    return PASSWORD;
  }
}
