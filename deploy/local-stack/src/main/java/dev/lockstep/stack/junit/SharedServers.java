package dev.lockstep.stack.junit;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.Server;
import dev.lockstep.stack.StackException;
import dev.lockstep.stack.StackServers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The servers that all tests of this JVM share; each call gives a running one. */
public final class SharedServers {
  private static final StackServers STACK = StackServers.fromEnvironment(System.getenv());
  private static final Map<Class<?>, Server> STARTED = new LinkedHashMap<>();

  private SharedServers() {}

  public static MySqlServer mysql() {
    return running(MySqlServer.class, STACK::mysql);
  }

  public static MariaDbServer mariaDb() {
    return running(MariaDbServer.class, STACK::mariaDb);
  }

  public static KafkaServer kafka() {
    return running(KafkaServer.class, STACK::kafka);
  }

  public static ClickHouseServer clickHouse() {
    return running(ClickHouseServer.class, STACK::clickHouse);
  }

  /** A MySQL of the caller's own, not started, with further flags; closing it deletes its data. */
  public static MySqlServer ownMySql(String... flags) {
    return STACK.mysql(temporary().withFlags(flags));
  }

  /** A MariaDB of the caller's own, as with {@link #ownMySql}. */
  public static MariaDbServer ownMariaDb(String... flags) {
    return STACK.mariaDb(temporary().withFlags(flags));
  }

  /** A Kafka of the caller's own, not started; closing it deletes its data. */
  public static KafkaServer ownKafka(String... settings) {
    return STACK.kafka(temporary().withFlags(settings));
  }

  /** A ClickHouse of the caller's own, not started; closing it deletes its data. */
  public static ClickHouseServer ownClickHouse() {
    return STACK.clickHouse(temporary());
  }

  private static synchronized <S extends Server> S running(
      Class<S> type, Function<Placement, S> make) {
    Server server = STARTED.get(type);
    if (server == null) {
      server = make.apply(temporary());
      STARTED.put(type, server);
    }
    server.start();
    return type.cast(server);
  }

  private static Placement temporary() {
    try {
      return Placement.in(Files.createTempDirectory("lockstep-test-")).asTemporary();
    } catch (IOException e) {
      throw new StackException("No temporary folder for a test server: " + e.getMessage(), e);
    }
  }

  static synchronized void close() {
    STARTED.values().forEach(Server::close);
    STARTED.clear();
  }
}
