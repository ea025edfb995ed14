package dev.lockstep.common.snapshot;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table to be read.
 *
 * @param database the source's database
 * @param table the source's table
 * @param filter an SQL condition on the rows to read, as it stands after WHERE; null for all rows
 */
public record SnapshotTable(String database, String table, @Nullable String filter) {
  /** Longest filter, in characters: it is sent with each chunk's query. */
  public static final int LONGEST_FILTER = 10_000;

  /**
   * Checks the names and the filter's length; a blank filter is none.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public SnapshotTable {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
    if (database.isBlank() || table.isBlank()) {
      throw new IllegalArgumentException("A table needs the name of its database and its own.");
    }
    filter = filter == null || filter.isBlank() ? null : filter;
    if (filter != null && filter.length() > LONGEST_FILTER) {
      throw new IllegalArgumentException(
          "The filter of " + database + "." + table + " is longer than 10,000 characters.");
    }
  }

  /** {@code database.table}, for people. */
  public String name() {
    return database + "." + table;
  }
}
