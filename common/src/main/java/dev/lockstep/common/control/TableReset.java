package dev.lockstep.common.control;

import java.util.Objects;

/**
 * Says that rows of a source table which are older than a version are gone; a value of the resets
 * topic. A table's newest reset counts.
 *
 * @param connector the connector that captures the table
 * @param table the source table as {@code database.table}
 * @param resetBefore rows and changes with a lower version are void
 */
public record TableReset(String connector, String table, long resetBefore) {
  /** Checks that none is missing. */
  public TableReset {
    Objects.requireNonNull(connector, "connector");
    Objects.requireNonNull(table, "table");
  }

  /** The record key in the resets topic: one record for each table of each connector. */
  public String recordKey() {
    return connector + "/" + table;
  }
}
