package dev.lockstep.common.mapping;

import java.util.Collection;
import java.util.Comparator;

/** Which of several mappings applies to a table. */
public final class TableMappings {
  /**
   * A pattern that names more literally goes first: the one with more letters and digits; of equal
   * ones the first by name, so that the choice is the same everywhere and always.
   */
  static final Comparator<TableMapping> MOST_SPECIFIC =
      Comparator.comparingLong(TableMappings::literals)
          .reversed()
          .thenComparing(TableMapping::name);

  private TableMappings() {}

  /**
   * The mapping for a table: the most specific that matches, else the default. {@link MappingIndex}
   * answers for many tables.
   *
   * @throws IllegalStateException when a pattern takes too many steps on this name
   */
  public static TableMapping of(Collection<TableMapping> mappings, String database, String table) {
    return new MappingIndex(mappings).of(database, table);
  }

  private static long literals(TableMapping mapping) {
    return mapping.tables().codePoints().filter(Character::isLetterOrDigit).count();
  }
}
