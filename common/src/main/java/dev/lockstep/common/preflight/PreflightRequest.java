package dev.lockstep.common.preflight;

import java.util.Map;
import java.util.Objects;

/**
 * Asks capture-service whether a connector could run; sent by admin-service over the requests
 * topic.
 *
 * @param connector the connector's name
 * @param config Debezium's config, with secrets in clear: never log it
 */
public record PreflightRequest(String connector, Map<String, String> config) {
  /** Copies the map. */
  public PreflightRequest {
    Objects.requireNonNull(connector, "connector");
    config = Map.copyOf(config);
  }

  /** Without the config, which holds secrets. */
  @Override
  public String toString() {
    return "PreflightRequest[connector=" + connector + "]";
  }
}
