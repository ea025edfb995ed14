package dev.lockstep.capture.progress;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.snapshot.SnapshotStatus;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures the runs of this replica's connectors. */
public final class Measurement {
  private final ReplicaMeters meters;
  private final Reporter reporter;
  private final Consumer<SnapshotStatus> snapshots;
  private final String owner;
  private final InstantSource clock;
  private final ProgressSettings settings;

  /** Where measurements are told. */
  @FunctionalInterface
  public interface Reporter {
    /** Takes one. */
    void report(ConnectorProgress progress);
  }

  /**
   * Measures for this replica.
   *
   * @param snapshots is told how far initial snapshots have come
   * @param owner how this replica names itself
   */
  public Measurement(
      ReplicaMeters meters,
      Reporter reporter,
      Consumer<SnapshotStatus> snapshots,
      String owner,
      InstantSource clock,
      ProgressSettings settings) {
    this.meters = meters;
    this.reporter = reporter;
    this.snapshots = snapshots;
    this.owner = owner;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Measures a run until it is closed.
   *
   * @param spec with its credentials resolved
   * @param committed where the run goes on, if the connector has run before
   */
  public RunProgress of(ConnectorSpec spec, Optional<SourceOffset> committed) {
    boolean streaming = committed.filter(SourceOffset::isStreaming).isPresent();
    var snapshot = new InitialSnapshot(spec.name(), !streaming);
    var batches = new PublishedBatches(meters.of(spec.name()), committed, snapshot, clock);
    var initial = new SnapshotProgress(spec.config(), snapshot, snapshots);
    var progress = new RunProgress(spec, batches, initial, reporter, owner, clock, settings);
    progress.start();
    return progress;
  }
}
