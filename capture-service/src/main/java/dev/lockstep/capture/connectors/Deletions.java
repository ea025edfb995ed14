package dev.lockstep.capture.connectors;

import dev.lockstep.capture.snapshots.LeftSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what is reported of connectors that are gone. Each step can be repeated: whoever gains
 * a partition of the connectors topic reads its deletions again, as nobody may have run the
 * connector when it was deleted.
 */
final class Deletions {
  private static final Logger log = LoggerFactory.getLogger(Deletions.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ConnectorReports reports;
  private final Snapshots running;
  private final LeftSnapshots snapshots;

  Deletions(ConnectorReports reports, Snapshots running, LeftSnapshots snapshots) {
    this.reports = reports;
    this.running = running;
    this.snapshots = snapshots;
  }

  /**
   * Whether all is taken away; if not, because Kafka does not tell what there is, it has to be
   * asked for again.
   *
   * @param deleted when each was deleted last
   * @param there the connectors that there are; one that was made anew keeps its state
   */
  boolean settle(Map<String, Instant> deleted, Set<String> there) throws InterruptedException {
    if (deleted.isEmpty()) {
      return true;
    }
    try {
      snapshots.awaitKnown(LIMIT);
    } catch (TimeoutException | IllegalStateException e) {
      log.atWarn().log("What deleted connectors have left is not known yet: {}", e.getMessage());
      return false;
    }
    deleted.forEach(
        (name, at) -> {
          if (there.contains(name)) {
            snapshots.cancel(name, at);
          } else {
            reports.remove(name);
            running.deleted(name);
            // Its engine may have reported a moment longer.
            snapshots.cancel(name, Instant.MAX);
          }
        });
    return true;
  }
}
