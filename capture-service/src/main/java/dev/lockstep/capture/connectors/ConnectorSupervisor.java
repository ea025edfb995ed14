package dev.lockstep.capture.connectors;

import dev.lockstep.common.control.ConnectorSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Keeps one runner for each connector that this replica owns. The assignment's thread alone calls
 * it.
 */
final class ConnectorSupervisor {
  private final EngineFactory engines;
  private final ConnectorReports reports;
  private final InstantSource clock;
  private final String owner;
  private final Map<String, ConnectorRunner> runners = new HashMap<>();

  ConnectorSupervisor(
      EngineFactory engines, ConnectorReports reports, InstantSource clock, String owner) {
    this.engines = engines;
    this.reports = reports;
    this.clock = clock;
    this.owner = owner;
  }

  /**
   * Adapts the runners to what is owned now.
   *
   * @param owned the connectors of this replica, by name
   * @param deleted names that are gone altogether, and not another replica's
   */
  void adapt(Map<String, ConnectorSpec> owned, Set<String> deleted) throws InterruptedException {
    for (String name : Set.copyOf(runners.keySet())) {
      if (!owned.containsKey(name)) {
        end(name, deleted.contains(name));
      }
    }
    owned.forEach(
        (name, spec) -> {
          ConnectorRunner runner = runners.get(name);
          if (runner == null) {
            start(spec);
          } else {
            runner.want(spec);
          }
        });
  }

  private void start(ConnectorSpec spec) {
    var runner = new ConnectorRunner(spec, engines, reports, clock, owner);
    runners.put(spec.name(), runner);
    runner.start();
  }

  /**
   * A runner that is let go ends by itself; whoever takes the connector fences it, so nobody waits
   * here for long.
   */
  private void end(String name, boolean deleted) throws InterruptedException {
    ConnectorRunner runner = runners.remove(name);
    if (runner != null) {
      runner.close();
      boolean _ = runner.awaitEnd(Duration.ofSeconds(2));
    }
    if (deleted) {
      reports.remove(name);
    } else {
      reports.forget(name);
    }
  }

  /** Ends all runners, within the limit. */
  void close(Duration limit) throws InterruptedException {
    runners.values().forEach(ConnectorRunner::close);
    long deadline = System.nanoTime() + limit.toNanos();
    for (ConnectorRunner runner : runners.values()) {
      boolean _ = runner.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    runners.clear();
  }
}
