package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher is told by its surroundings.
 *
 * @param project the folder of the checkout
 * @param home where state, data and logs are: {@code .lockstep}, or {@code LOCKSTEP_HOME}
 * @param ports one for each {@link Port}
 * @param environment this process's environment
 */
record Settings(
    Path project, Path home, Map<Port, Integer> ports, Map<String, String> environment) {
  Settings {
    ports = Map.copyOf(ports);
    environment = Map.copyOf(environment);
  }

  static Settings of(Path project, Map<String, String> environment) {
    String named = environment.getOrDefault("LOCKSTEP_HOME", "");
    Path home =
        named.isBlank()
            ? project.resolve(".lockstep")
            : Path.of(named).toAbsolutePath().normalize();
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      ports.put(port, number(port, environment.get(port.variable())));
    }
    return new Settings(project, home, ports, environment);
  }

  private static int number(Port port, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return port.standard;
    }
    if (!value.strip().matches("\\d{1,5}")
        || Integer.parseInt(value.strip()) > 65535
        || Integer.parseInt(value.strip()) == 0) {
      throw new StackException(
          "%s is '%s'; it must be a port, 1 to 65535".formatted(port.variable(), value));
    }
    return Integer.parseInt(value.strip());
  }

  int port(Port port) {
    return Objects.requireNonNull(ports.get(port));
  }

  Path folder(Part part) {
    return home.resolve(part.id());
  }

  Path log(Part part) {
    return folder(part).resolve(part.id() + ".log");
  }

  /** Settings that another run chose, where parts of it are still running. */
  Settings withPorts(Map<Port, Integer> chosen) {
    Map<Port, Integer> merged = new EnumMap<>(ports);
    merged.putAll(chosen);
    return new Settings(project, home, merged, environment);
  }
}
