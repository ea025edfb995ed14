package dev.lockstep.common.preflight;

import dev.lockstep.common.snapshot.SnapshotTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks capture-service whether a connector could run, or whether its tables could be read for a
 * snapshot; sent by admin-service over the requests topic.
 *
 * @param connector the connector's name
 * @param config Debezium's config, with secrets in clear: never log it
 * @param snapshot the tables of the snapshot that is asked about, or null when the config is
 */
public record PreflightRequest(
    String connector, Map<String, String> config, @Nullable List<SnapshotTable> snapshot) {
  /** Copies the collections. */
  public PreflightRequest {
    Objects.requireNonNull(connector, "connector");
    config = Map.copyOf(config);
    snapshot = snapshot == null ? null : List.copyOf(snapshot);
  }

  /** About a config. */
  public PreflightRequest(String connector, Map<String, String> config) {
    this(connector, config, null);
  }

  /** Without the config, which holds secrets. */
  @Override
  public String toString() {
    return "PreflightRequest[connector=" + connector + "]";
  }
}
