package dev.lockstep.system.types;

import java.util.List;

/**
 * What happens to a source table, and how both ends show it. The rows are compared as a multiset.
 *
 * @param label what it is about
 * @param begin the statements before the snapshot; none for a table that is made in the stream
 * @param change the statements that are streamed
 * @param sourceRows the query for the source
 * @param targetRows the query for the target
 */
record Scenario(
    String label, List<String> begin, List<String> change, String sourceRows, String targetRows) {
  /** Whether there is something to compare after the snapshot. */
  boolean hasSnapshot() {
    return !begin.isEmpty();
  }

  @Override
  public String toString() {
    return label;
  }
}
