package dev.lockstep.apply.types;

import dev.lockstep.common.mapping.ColumnType;
import dev.lockstep.common.mapping.Mask;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping changes of a column's values.
 *
 * @param type the type that it has in the target, or null for that of the rules
 * @param mask what stands in their place, or null
 * @param salt the salt of a hash, or null where none is needed
 */
public record ColumnChange(@Nullable ColumnType type, @Nullable Mask mask, @Nullable Salt salt) {
  /** Nothing. */
  public static final ColumnChange NONE = new ColumnChange(null, null, null);

  /** Whether two values can come out as one. */
  boolean joins() {
    return mask != null && mask.joins();
  }
}
