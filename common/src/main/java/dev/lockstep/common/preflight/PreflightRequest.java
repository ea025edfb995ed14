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
 * @param definitions whether the report shall define the keys that a config can have; null for no
 */
public record PreflightRequest(
    String connector,
    Map<String, String> config,
    @Nullable List<SnapshotTable> snapshot,
    @Nullable Boolean definitions) {
  /** Copies the collections. */
  public PreflightRequest {
    Objects.requireNonNull(connector, "connector");
    config = Map.copyOf(config);
    snapshot = snapshot == null ? null : List.copyOf(snapshot);
  }

  /** About a config. */
  public PreflightRequest(String connector, Map<String, String> config) {
    this(connector, config, null, null);
  }

  /** About a snapshot of tables that a config captures. */
  public PreflightRequest(
      String connector, Map<String, String> config, List<SnapshotTable> snapshot) {
    this(connector, config, snapshot, null);
  }

  /** The same question, whose answer shall define the keys that a config can have. */
  public PreflightRequest withDefinitions() {
    return new PreflightRequest(connector, config, snapshot, true);
  }

  /** Without the config, which holds secrets. */
  @Override
  public String toString() {
    return "PreflightRequest[connector=" + connector + "]";
  }
}
