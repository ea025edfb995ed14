package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.InsertTarget;
import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.encode.RowPlan;
import dev.lockstep.common.mapping.TargetName;

/**
 * A target table that is known to take the rows of one schema.
 *
 * @param target what is queried: a table, or for a multiset a view
 * @param plan how events become its rows
 * @param insertTarget where the rows go
 */
public record PreparedTable(TargetName target, RowPlan plan, InsertTarget insertTarget) {
  /** How people write it. */
  public String displayName() {
    return target.toString();
  }

  /** Whether its rows have no key and are kept as signed contributions. */
  public boolean isMultiset() {
    return plan.form() == RowForm.MULTISET;
  }

  /** What makes its rows of events; for one thread. */
  public EventEncoder newEncoder() {
    return new EventEncoder(plan);
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
