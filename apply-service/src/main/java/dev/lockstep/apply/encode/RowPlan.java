package dev.lockstep.apply.encode;

import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one schema become.
 *
 * @param form how an event becomes rows
 * @param columns what rows have of the source's columns, in its order
 * @param leftOut the names of the source's other columns
 * @param moving the names in the target of the columns that decide about a row's place beside its
 *     key: where one changes, the row before is removed
 * @param deletes what becomes of a row that is deleted in the source
 * @param filter which rows the target has, or null where it has all
 */
public record RowPlan(
    RowForm form,
    List<TargetColumn> columns,
    Set<String> leftOut,
    List<String> moving,
    Deletes deletes,
    @Nullable RowCondition filter) {
  /** Copies lists and set. */
  public RowPlan {
    columns = List.copyOf(columns);
    leftOut = Set.copyOf(leftOut);
    moving = List.copyOf(moving);
  }

  /** Of all columns, and with every change. */
  public RowPlan(RowForm form, List<TargetColumn> columns) {
    this(form, columns, Set.of(), List.of(), Deletes.DELETE, null);
  }

  /**
   * Whether of several events of one key the rows of the newest say all: a row that moves has to be
   * removed from each place where it was.
   */
  public boolean latestIsAll() {
    return form == RowForm.MIRROR && moving.isEmpty();
  }
}
