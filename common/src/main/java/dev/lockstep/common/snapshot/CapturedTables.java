package dev.lockstep.common.snapshot;

import java.util.Map;
import java.util.Objects;

/**
 * Which tables of a source a connector captured when its engine ran last; a value of the status
 * topic under {@code captured/<connector>}. A later engine reads those that were not among them.
 *
 * @param connector the connector
 * @param filters the keys of its config that say which tables are captured, such as {@code
 *     table.include.list}
 */
public record CapturedTables(String connector, Map<String, String> filters) {
  /** Copies the map. */
  public CapturedTables {
    Objects.requireNonNull(connector, "connector");
    filters = Map.copyOf(filters);
  }

  /** The record key in the status topic. */
  public static String recordKey(String connector) {
    return dev.lockstep.common.control.StatusKeys.CAPTURED + connector;
  }
}
