package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.InsertTarget;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.types.TargetColumn;
import java.util.List;

/**
 * A target table that is known to take the rows of one schema.
 *
 * @param database the target's database
 * @param table what is queried there: a table, or for a multiset a view
 * @param form how events become its rows
 * @param columns the columns of the schema's rows in their order, without Lockstep's own
 * @param insertTarget where the rows go
 */
public record PreparedTable(
    String database,
    String table,
    RowForm form,
    List<TargetColumn> columns,
    InsertTarget insertTarget) {
  /** Copies the list. */
  public PreparedTable {
    columns = List.copyOf(columns);
  }

  /** How people write it. */
  public String displayName() {
    return database + "." + table;
  }

  /**
   * For a multiset, the statement that marks where a snapshot of the table begins: what was applied
   * before is no longer counted. Carried out again it changes nothing.
   *
   * @param snapshot when the snapshot of the table began, which tells it from every other
   * @param version a version of one of its rows; of several marks the lowest counts
   */
  public String markSnapshot(long snapshot, long version) {
    return "INSERT INTO %s (%s, %s, %s) VALUES (%s, 0, %s)"
        .formatted(
            insertTarget.table(),
            OwnColumn.VERSION.sqlName(),
            OwnColumn.SIGN.sqlName(),
            OwnColumn.SNAPSHOT.sqlName(),
            Long.toUnsignedString(version),
            Long.toUnsignedString(snapshot));
  }
}
