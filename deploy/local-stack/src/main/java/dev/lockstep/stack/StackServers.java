package dev.lockstep.stack;

import dev.lockstep.stack.containers.DockerServers;
import dev.lockstep.stack.given.GivenServers;
import dev.lockstep.stack.local.LocalServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives out servers, not yet started, by the first way that applies to each: one that is named in
 * the environment ({@code LOCKSTEP_MYSQL_URL}, {@code LOCKSTEP_MARIADB_URL}, {@code
 * LOCKSTEP_KAFKA}, {@code LOCKSTEP_CLICKHOUSE_URL}), a container where a Docker engine answers, a
 * process on this machine.
 */
public final class StackServers {
  private final List<ServerProvider> providers;

  private StackServers(List<ServerProvider> providers) {
    this.providers = List.copyOf(providers);
  }

  /** All ways, in order: for tests. */
  public static StackServers fromEnvironment(Map<String, String> environment) {
    return new StackServers(
        List.of(new GivenServers(environment), new DockerServers(), new LocalServers()));
  }

  /** Given servers or processes, never containers: for {@code ./lockstep up}. */
  public static StackServers withoutContainers(Map<String, String> environment) {
    return new StackServers(List.of(new GivenServers(environment), new LocalServers()));
  }

  public MySqlServer mysql(Placement placement) {
    return first(provider -> provider.mysql(placement));
  }

  public MariaDbServer mariaDb(Placement placement) {
    return first(provider -> provider.mariaDb(placement));
  }

  public KafkaServer kafka(Placement placement) {
    return first(provider -> provider.kafka(placement));
  }

  public ClickHouseServer clickHouse(Placement placement) {
    return first(provider -> provider.clickHouse(placement));
  }

  private <S extends Server> S first(Function<ServerProvider, Optional<S>> ask) {
    return providers.stream()
        .map(ask)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () -> new StackException("No way to come by this server applies on this machine"));
  }
}
