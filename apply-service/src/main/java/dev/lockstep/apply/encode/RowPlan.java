package dev.lockstep.apply.encode;

import dev.lockstep.apply.types.TargetColumn;
import java.util.List;
import java.util.Set;

/**
 * What the events of one schema become.
 *
 * @param form how an event becomes rows
 * @param columns what rows have of the source's columns, in its order
 * @param leftOut the names of the source's other columns
 * @param moving the names in the target of the columns that decide about a row's place beside its
 *     key: where one changes, the row before is removed
 * @param ignoresDeletes whether a delete in the source changes nothing
 */
public record RowPlan(
    RowForm form,
    List<TargetColumn> columns,
    Set<String> leftOut,
    List<String> moving,
    boolean ignoresDeletes) {
  /** Copies lists and set. */
  public RowPlan {
    columns = List.copyOf(columns);
    leftOut = Set.copyOf(leftOut);
    moving = List.copyOf(moving);
  }

  /** Of all columns, and with every change. */
  public RowPlan(RowForm form, List<TargetColumn> columns) {
    this(form, columns, Set.of(), List.of(), false);
  }

  /**
   * Whether of several events of one key the rows of the newest say all: a row that moves has to be
   * removed from each place where it was.
   */
  public boolean latestIsAll() {
    return form == RowForm.MIRROR && moving.isEmpty();
  }
}
