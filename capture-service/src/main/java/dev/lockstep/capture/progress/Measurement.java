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
  private final String owner;
  private final InstantSource clock;
  private final ProgressSettings settings;

  /** Where measurements are told. */
  @FunctionalInterface
  public interface Reporter {
    /** Takes one. */
    void report(ConnectorProgress progress);
  }

  /** The owner is how this replica names itself. */
  public Measurement(
      ReplicaMeters meters,
      Reporter reporter,
      String owner,
      InstantSource clock,
      ProgressSettings settings) {
    this.meters = meters;
    this.reporter = reporter;
    this.owner = owner;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * What measures a run from its start until it is closed.
   *
   * @param spec with its credentials resolved
   * @param committed where the run goes on, if the connector has run before
   * @param snapshots is told how far the run's initial snapshot has come
   */
  public RunProgress of(
      ConnectorSpec spec, Optional<SourceOffset> committed, Consumer<SnapshotStatus> snapshots) {
    boolean streaming = committed.filter(SourceOffset::isStreaming).isPresent();
    var snapshot = new InitialSnapshot(spec.name(), !streaming);
    var batches = new PublishedBatches(meters.of(spec.name()), committed, snapshot, clock);
    var initial = new SnapshotProgress(spec.config(), snapshot, snapshots);
    return new RunProgress(spec, batches, initial, reporter, owner, clock, settings);
  }
}
