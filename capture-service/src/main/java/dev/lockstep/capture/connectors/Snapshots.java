package dev.lockstep.capture.connectors;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.capture.snapshots.SnapshotQueue;
import dev.lockstep.capture.snapshots.SnapshotReports;
import dev.lockstep.capture.snapshots.SnapshotRequests;
import dev.lockstep.capture.snapshots.TableAdditions;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.snapshot.SnapshotStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshots that are asked of this replica's connectors. */
final class Snapshots {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(1);

  private final SnapshotRequests requests;
  private final SnapshotReports reports;
  private final InstantSource clock;
  private final Set<String> deleted = new HashSet<>();

  Snapshots(SnapshotRequests requests, SnapshotReports reports, InstantSource clock) {
    this.requests = requests;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * What there is to read for a run that begins at this offset.
   *
   * @throws SQLException when the source does not tell which tables were added to the config
   * @throws ExecutionException when Kafka does not take the request for them
   * @throws TimeoutException when Kafka does not answer
   */
  SnapshotQueue begin(ConnectorSpec spec, Optional<SourceOffset> offset)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    requests.awaitCaughtUp(KAFKA_LIMIT);
    exists(spec.name());
    new TableAdditions(requests, reports, clock).settle(spec, offset);
    return new SnapshotQueue(
        spec.name(), requests, reports, clock, offset.map(SourceOffset::version).orElse(0L) + 1);
  }

  private synchronized void exists(String connector) {
    deleted.remove(connector);
  }

  /** How far a snapshot has come; what a run that ends slowly tells after its deletion is late. */
  synchronized void tell(SnapshotStatus status) {
    if (!deleted.contains(status.connector())) {
      reports.report(status);
      requests.accept(status);
    }
  }

  /** Looks after a connector's snapshots while its engine does not run. */
  final class AtRest {
    private final SnapshotQueue queue;
    private final String reason;
    private boolean caughtUp;

    /**
     * Of a connector that this replica owns.
     *
     * @param state why its engine does not run
     */
    AtRest(String connector, State state) {
      this.queue = new SnapshotQueue(connector, requests, reports, clock, 0);
      this.reason = "It waits for its connector, which is " + state + ".";
    }

    /** Settles what was wished since the last look. What has ended must be known before. */
    void look() throws InterruptedException {
      try {
        if (!caughtUp) {
          requests.awaitCaughtUp(LOOK_LIMIT);
          caughtUp = true;
        }
        queue.rest(reason);
      } catch (TimeoutException e) {
        log.atDebug().setCause(e).log("Kafka does not tell of snapshots; asked again");
      }
    }
  }

  /** A connector was deleted: what its run tells from now on is late. */
  synchronized void deleted(String connector) {
    deleted.add(connector);
  }

  /** Sends again what Kafka did not take of the reports. */
  void repeatReports() {
    reports.repeat();
  }

  /** A connector was let go: its new owner tells how far its snapshots have come. */
  void forget(String connector) {
    reports.forget(connector);
  }
}
