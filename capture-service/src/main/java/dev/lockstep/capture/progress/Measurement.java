package dev.lockstep.capture.progress;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorSpec;
import java.time.InstantSource;
import java.util.Optional;

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
   * Measures a run until it is closed.
   *
   * @param spec with its credentials resolved
   * @param committed where the run goes on, if the connector has run before
   */
  public RunProgress of(ConnectorSpec spec, Optional<SourceOffset> committed) {
    var batches = new PublishedBatches(meters.of(spec.name()), committed);
    var progress = new RunProgress(spec, batches, reporter, owner, clock, settings);
    progress.start();
    return progress;
  }
}
