package dev.lockstep.common.mapping;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping says of one column. In JSON the options stand beside the other properties.
 *
 * @param options the choices between forms
 * @param exclude whether the target goes without it; it has it by default
 * @param name its name in the target; the source's by default
 * @param type ClickHouse's type in the target, see {@link ColumnType}; by default that of the rules
 * @param mask what stands there in the place of its values; they do by default
 */
public record ColumnMapping(
    @JsonUnwrapped TypeOptions options,
    @Nullable Boolean exclude,
    @Nullable String name,
    @Nullable String type,
    @Nullable Mask mask) {
  /** Nothing said. */
  public static final ColumnMapping NONE =
      new ColumnMapping(TypeOptions.NONE, null, null, null, null);

  /**
   * Options that are left out are not chosen.
   *
   * @throws IllegalArgumentException when the name is empty, no column can be given the type, or a
   *     masked one is given it
   */
  public ColumnMapping {
    options = options == null ? TypeOptions.NONE : options;
    if (name != null && name.isEmpty()) {
      throw new IllegalArgumentException("a column's name in the target is empty");
    }
    if (type != null && mask != null) {
      throw new IllegalArgumentException("a masked column's type is that of its mask");
    }
    if (type != null) {
      ColumnType.parse(type);
    }
  }

  /** Its type in the target; null where that of the rules is meant. */
  public @Nullable ColumnType chosenType() {
    return type == null ? null : ColumnType.parse(type);
  }
}
