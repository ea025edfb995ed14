package dev.lockstep.capture.snapshots;

import dev.lockstep.capture.snapshots.SnapshotRequests.Entry;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeoutException;

/** Snapshots that a deleted connector has left: nothing that was asked of it waits any more. */
public final class LeftSnapshots {
  private static final String REASON = "The connector was deleted";

  private final SnapshotRequests requests;
  private final SnapshotReports reports;
  private final InstantSource clock;

  /** Those that are known by these requests; their ends go to these reports. */
  public LeftSnapshots(SnapshotRequests requests, SnapshotReports reports, InstantSource clock) {
    this.requests = requests;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * Waits until all that was asked for and reported before this call is known.
   *
   * @throws TimeoutException when the limit passed first
   */
  public void awaitKnown(Duration limit) throws InterruptedException, TimeoutException {
    requests.awaitCaughtUp(limit);
  }

  /**
   * Cancels those that were asked for until the connector was deleted. A later connector of its
   * name keeps its own, however often the deletion is read again.
   *
   * @param deleted when, in milliseconds, by the clock of admin-service, as the requests are
   */
  public void cancel(String connector, Instant deleted) {
    for (Entry entry : requests.open(connector)) {
      if (!entry.request().at().truncatedTo(ChronoUnit.MILLIS).isAfter(deleted)) {
        var progress = new Progress(entry.request(), entry.status());
        progress.because(REASON);
        progress.enter(State.CANCELLED, clock.instant());
        tell(progress.status(clock.instant()));
      }
    }
    requests
        .initial(connector)
        .filter(status -> !status.at().truncatedTo(ChronoUnit.MILLIS).isAfter(deleted))
        .ifPresent(status -> tell(status.cancelled(REASON, clock.instant())));
  }

  private void tell(SnapshotStatus status) {
    reports.report(status);
    requests.accept(status);
  }
}
