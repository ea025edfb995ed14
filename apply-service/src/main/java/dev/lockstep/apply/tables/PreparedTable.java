package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.InsertTarget;
import dev.lockstep.apply.types.TargetColumn;
import java.util.List;

/**
 * A target table that is known to take the rows of one schema.
 *
 * @param database the target's database
 * @param table the target's table
 * @param columns the columns of the schema's rows in their order, without version and deleted mark
 * @param insertTarget where the rows go
 */
public record PreparedTable(
    String database, String table, List<TargetColumn> columns, InsertTarget insertTarget) {
  /** Copies the list. */
  public PreparedTable {
    columns = List.copyOf(columns);
  }

  /** How people write it. */
  public String displayName() {
    return database + "." + table;
  }
}
