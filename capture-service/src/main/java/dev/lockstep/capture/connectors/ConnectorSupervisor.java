package dev.lockstep.capture.connectors;

import dev.lockstep.common.control.ConnectorSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one runner for each connector that this replica owns. The assignment's thread alone calls
 * it.
 */
final class ConnectorSupervisor {
  private static final Logger log = LoggerFactory.getLogger(ConnectorSupervisor.class);

  /** Nobody waits long for a connector that is let go. */
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final EngineFactory engines;
  private final ConnectorRemoval removal;
  private final ConnectorReports reports;
  private final Deletions deletions;
  private final InstantSource clock;
  private final String owner;
  private final Map<String, ConnectorRunner> runners = new HashMap<>();

  ConnectorSupervisor(
      EngineFactory engines,
      ConnectorRemoval removal,
      ConnectorReports reports,
      Deletions deletions,
      InstantSource clock,
      String owner) {
    this.engines = engines;
    this.removal = removal;
    this.reports = reports;
    this.deletions = deletions;
    this.clock = clock;
    this.owner = owner;
  }

  /**
   * Adapts the runners to what is owned now. One that a bug has ended is replaced.
   *
   * @param owned the connectors of this replica, by name
   * @param deleted when names were deleted last that are not another replica's; one that is owned
   *     was made anew since
   * @return whether all is done, else it has to be asked for again
   */
  boolean adapt(Map<String, ConnectorSpec> owned, Map<String, Instant> deleted)
      throws InterruptedException {
    letGo(runners.keySet().stream().filter(name -> !owned.containsKey(name)).toList());
    boolean settled = deletions.settle(deleted, owned.keySet());
    owned.forEach(
        (name, spec) -> {
          // It must not begin with what was asked of the deleted one.
          if (settled || !deleted.containsKey(name)) {
            run(name, spec);
          }
        });
    return settled;
  }

  private void letGo(List<String> gone) throws InterruptedException {
    end(gone.stream().map(runners::get).toList(), END_LIMIT);
    for (String name : gone) {
      runners.remove(name);
      log.atInfo().addKeyValue("connector", name).log("Let go of a connector");
      reports.forget(name);
      engines.snapshots().forget(name);
    }
  }

  private void run(String name, ConnectorSpec spec) {
    ConnectorRunner runner = runners.get(name);
    if (runner == null || !runner.isAlive()) {
      start(spec);
    } else {
      runner.want(spec);
    }
  }

  /** Sends again what Kafka did not take of the reports of snapshots. */
  void repeat() {
    engines.snapshots().repeatReports();
  }

  private void start(ConnectorSpec spec) {
    var runner = new ConnectorRunner(spec, engines, removal, reports, clock, owner);
    runners.put(spec.name(), runner);
    runner.start();
  }

  /** Ends all runners, within the limit. */
  void close(Duration limit) throws InterruptedException {
    end(runners.values(), limit);
    runners.clear();
  }

  /**
   * All at once. One that does not end in time goes on ending by itself; whoever takes its
   * connector fences it.
   */
  private static void end(Collection<ConnectorRunner> ending, Duration limit)
      throws InterruptedException {
    ending.forEach(ConnectorRunner::close);
    long deadline = System.nanoTime() + limit.toNanos();
    for (ConnectorRunner runner : ending) {
      boolean _ = runner.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }
}
