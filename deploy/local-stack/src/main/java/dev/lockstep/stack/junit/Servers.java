package dev.lockstep.stack.junit;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests real servers: {@code @ExtendWith(Servers.class)}, and a parameter of type {@link
 * MySqlServer}, {@link MariaDbServer}, {@link KafkaServer} or {@link ClickHouseServer} on a test, a
 * lifecycle method or the constructor. One of each is started at first need, shared by all test
 * classes of the JVM, and stopped after the last of them; a server that a test took away is started
 * again for the next that asks. Code that needs one before any parameter is resolved takes it from
 * {@link SharedServers}.
 */
public final class Servers implements ParameterResolver, BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Servers.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(AutoCloseable.class, key -> SharedServers::close, AutoCloseable.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == MySqlServer.class
        || type == MariaDbServer.class
        || type == KafkaServer.class
        || type == ClickHouseServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == MySqlServer.class) {
      return SharedServers.mysql();
    }
    if (type == MariaDbServer.class) {
      return SharedServers.mariaDb();
    }
    return type == KafkaServer.class ? SharedServers.kafka() : SharedServers.clickHouse();
  }
}
