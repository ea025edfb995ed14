package dev.lockstep.capture.progress;

import dev.lockstep.common.snapshot.SnapshotStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Tells how far a run's initial snapshot has come, on the thread that measures the run. */
final class SnapshotProgress {
  private final SourceTables source;
  private final InitialSnapshot snapshot;
  private final Consumer<SnapshotStatus> reporter;
  private boolean asked;

  /** Of the connector that has this config, with its credentials resolved. */
  SnapshotProgress(
      Map<String, String> config, InitialSnapshot snapshot, Consumer<SnapshotStatus> reporter) {
    this.source = new SourceTables(config);
    this.snapshot = snapshot;
    this.reporter = reporter;
  }

  void tell(DebeziumMetrics debezium, Instant now) {
    if (!asked && snapshot.isUnderWay()) {
      Set<String> read = debezium.snapshotTables();
      snapshot.found(source.read(read));
      asked = true;
    }
    snapshot.status(now).ifPresent(reporter);
  }

  void tellInterruption(Instant now) {
    snapshot.interrupted(now).ifPresent(reporter);
  }
}
