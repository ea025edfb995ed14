package dev.lockstep.apply.clickhouse;

import java.util.List;

/**
 * Where rows go.
 *
 * @param table the table with its database, quoted
 * @param columns the columns in the rows' order, quoted
 */
public record InsertTarget(String table, List<String> columns) {
  /** Copies the list. */
  public InsertTarget {
    columns = List.copyOf(columns);
  }
}
