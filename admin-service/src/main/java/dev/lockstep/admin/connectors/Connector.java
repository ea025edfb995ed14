package dev.lockstep.admin.connectors;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.Removal;
import java.util.Map;
import java.util.Set;

/**
 * A stored connector.
 *
 * @param name its name
 * @param config Debezium's config, with secrets in clear: never log it, never return it unmasked
 * @param desiredState what it shall do
 * @param generation rises with each change
 */
public record Connector(
    String name, Map<String, String> config, DesiredState desiredState, long generation) {
  /** Copies the map. */
  public Connector {
    config = Map.copyOf(config);
  }

  /** As capture-service is told of it. */
  ConnectorSpec spec(Set<Removal> removals) {
    return new ConnectorSpec(name, config, desiredState, generation, removals);
  }

  /** Without the config, which holds secrets. */
  @Override
  public String toString() {
    return "Connector[name="
        + name
        + ", desiredState="
        + desiredState
        + ", generation="
        + generation
        + "]";
  }
}
