package dev.lockstep.common.control;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A connector as the operator wants it; a value of the connectors topic, keyed by name. A null
 * value deletes it.
 *
 * @param name the connector's name
 * @param config Debezium's config, with secrets in clear: never log it, never return it
 * @param desiredState what the connector shall do
 * @param generation rises with each change of the spec; reported back by the engine that runs it
 * @param removals what is removed when it shall be deleted; else empty
 */
public record ConnectorSpec(
    String name,
    Map<String, String> config,
    DesiredState desiredState,
    long generation,
    Set<Removal> removals) {
  /** Copies the map. */
  public ConnectorSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(desiredState, "desiredState");
    config = Map.copyOf(config);
    removals = removals == null ? Set.of() : Set.copyOf(removals);
  }

  /** One that is not deleted. */
  public ConnectorSpec(
      String name, Map<String, String> config, DesiredState desiredState, long generation) {
    this(name, config, desiredState, generation, Set.of());
  }

  /** Without the config, which holds secrets. */
  @Override
  public String toString() {
    return "ConnectorSpec[name="
        + name
        + ", desiredState="
        + desiredState
        + ", generation="
        + generation
        + "]";
  }
}
