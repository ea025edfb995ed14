package dev.lockstep.stack.launcher;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.Lifetime;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.Server;
import dev.lockstep.stack.StackException;
import dev.lockstep.stack.StackServers;
import java.util.List;
import java.util.Map;

/** The three servers of the stack, running or not yet. */
record Servers(MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) {
  private static final Map<Part, String> GIVEN_BY =
      Map.of(
          Part.MYSQL, "LOCKSTEP_MYSQL_URL",
          Part.KAFKA, "LOCKSTEP_KAFKA",
          Part.CLICKHOUSE, "LOCKSTEP_CLICKHOUSE_URL");

  static Servers of(Settings settings) {
    StackServers stack = StackServers.withoutContainers(settings.environment());
    return new Servers(
        stack.mysql(placement(settings, Part.MYSQL)),
        stack.kafka(placement(settings, Part.KAFKA)),
        stack.clickHouse(placement(settings, Part.CLICKHOUSE)));
  }

  /** Those that an earlier {@code up} started, on the ports that it chose. */
  static Servers running(Settings settings) {
    State state = State.load(settings.home());
    for (Part part : List.of(Part.MYSQL, Part.CLICKHOUSE)) {
      if (!isGiven(settings, part) && state.alive(part).isEmpty()) {
        throw new StackException(
            state.isGiven(part)
                ? "%s came from %s when Lockstep was started; set it for this command too"
                    .formatted(part.title, GIVEN_BY.get(part))
                : "%s is not running; './lockstep up' starts it".formatted(part.title));
      }
    }
    return of(settings.withPorts(state.ports()));
  }

  static boolean isGiven(Settings settings, Part part) {
    String variable = GIVEN_BY.get(part);
    return variable != null && !settings.environment().getOrDefault(variable, "").isBlank();
  }

  Server of(Part part) {
    return switch (part) {
      case MYSQL -> mysql;
      case KAFKA -> kafka;
      case CLICKHOUSE -> clickHouse;
      case CAPTURE, APPLY, ADMIN, DEMO ->
          throw new IllegalArgumentException(part + " is not a server");
    };
  }

  private static Placement placement(Settings settings, Part part) {
    Placement placement =
        Placement.in(settings.folder(part))
            .withPort(settings.port(part.ports.getFirst()))
            .withLifetime(Lifetime.UNTIL_STOPPED);
    return part.ports.size() > 1
        ? placement.withSecondPort(settings.port(part.ports.get(1)))
        : placement;
  }
}
