package dev.lockstep.common.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Mappings in the order in which they go before each other, their patterns compiled once: for
 * asking about many tables. Never changes.
 */
public final class MappingIndex {
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
            .sorted(TableMappings.MOST_SPECIFIC)
            .map(mapping -> new Entry(mapping, new TablePattern(mapping.tables())))
            .toList();
  }

  /**
   * All whose pattern matches {@code database.table}. The first applies; {@link
   * TableMapping#DEFAULT} does when there is none.
   *
   * @throws IllegalStateException when a pattern takes too many steps on this name; the message
   *     names the mapping
   */
  public List<TableMapping> matching(String database, String table) {
    String name = database + "." + table;
    return entries.stream().filter(entry -> entry.matches(name)).map(Entry::mapping).toList();
  }

  /**
   * The most specific mapping whose pattern matches a table.
   *
   * @throws IllegalStateException as {@link #matching}
   */
  public Optional<TableMapping> find(String database, String table) {
    String name = database + "." + table;
    return entries.stream().filter(entry -> entry.matches(name)).findFirst().map(Entry::mapping);
  }

  /**
   * The mapping for a table: the most specific that matches, else the default.
   *
   * @throws IllegalStateException as {@link #matching}
   */
  public TableMapping of(String database, String table) {
    return find(database, table).orElse(TableMapping.DEFAULT);
  }
}
