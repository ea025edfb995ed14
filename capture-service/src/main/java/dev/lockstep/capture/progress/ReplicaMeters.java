package dev.lockstep.capture.progress;

import dev.lockstep.common.control.ConnectorStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of the connectors that this replica has: there from a connector's first report until
 * it leaves the replica. Thread-safe.
 */
public final class ReplicaMeters {
  private final MeterRegistry registry;
  private final Map<String, ConnectorMeters> byConnector = new ConcurrentHashMap<>();

  /** In this registry. */
  public ReplicaMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A connector of this replica has entered a state. */
  public void state(ConnectorStatus status) {
    byConnector
        .computeIfAbsent(status.connector(), name -> new ConnectorMeters(registry, name))
        .state(status.state());
  }

  /** A connector's meters; of one that has left already, some that nobody sees. */
  public ConnectorMeters of(String connector) {
    ConnectorMeters known = byConnector.get(connector);
    return known == null ? new ConnectorMeters(new SimpleMeterRegistry(), connector) : known;
  }

  /** A connector has left this replica. */
  public void forget(String connector) {
    ConnectorMeters left = byConnector.remove(connector);
    if (left != null) {
      left.remove();
    }
  }
}
