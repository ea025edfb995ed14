package dev.lockstep.common.mapping;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Mappings in the order in which they go before each other, their patterns compiled once: for
 * asking about many tables. Never changes.
 */
public final class MappingIndex {
  /**
   * A pattern that names more literally goes first: the one with more letters and digits; of equal
   * ones the first by name, so that the choice is the same everywhere and always.
   */
  private static final Comparator<TableMapping> MOST_SPECIFIC =
      Comparator.comparingLong(MappingIndex::literals).reversed().thenComparing(TableMapping::name);

  private record Entry(TableMapping mapping, TablePattern pattern) {
    boolean matches(String name) {
      try {
        return pattern.matches(name);
      } catch (IllegalStateException e) {
        throw new IllegalStateException("mapping " + mapping.name() + ": " + e.getMessage(), e);
      }
    }
  }

  private final List<Entry> entries;

  /** Of these mappings. */
  public MappingIndex(Collection<TableMapping> mappings) {
    this.entries =
        mappings.stream()
            .sorted(MOST_SPECIFIC)
            .map(mapping -> new Entry(mapping, new TablePattern(mapping.tables())))
            .toList();
  }

  private static long literals(TableMapping mapping) {
    return mapping.tables().codePoints().filter(Character::isLetterOrDigit).count();
  }

  /**
   * All whose pattern matches {@code database.table}, the most specific first.
   *
   * @throws IllegalStateException when a pattern takes too many steps on this name; the message
   *     names the mapping
   */
  public List<TableMapping> matching(String database, String table) {
    String name = database + "." + table;
    return entries.stream().filter(entry -> entry.matches(name)).map(Entry::mapping).toList();
  }

  /**
   * Those that apply to a table: of all that match the most specific one of each mode, in the order
   * of the modes.
   *
   * @throws IllegalStateException as {@link #matching}
   */
  public List<TableMapping> applying(String database, String table) {
    List<TableMapping> matching = matching(database, table);
    return Arrays.stream(TableMapping.Mode.values())
        .flatMap(mode -> matching.stream().filter(mapping -> mapping.keeps() == mode).limit(1))
        .toList();
  }

  /**
   * The same, or the default where none matches.
   *
   * @throws IllegalStateException as {@link #matching}
   */
  public List<TableMapping> of(String database, String table) {
    List<TableMapping> applying = applying(database, table);
    return applying.isEmpty() ? List.of(TableMapping.DEFAULT) : applying;
  }
}
