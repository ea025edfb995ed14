package dev.lockstep.common.mapping;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How source tables become target tables; a value of the mappings topic, keyed by name. A null
 * value deletes it. Of the mappings whose pattern matches a table, one applies: see {@link
 * TableMappings}.
 *
 * @param name the mapping's name
 * @param tables a regular expression that a source table's {@code database.table} must match as a
 *     whole, as in Debezium's {@code table.include.list}
 * @param options the choices for all columns of these tables
 * @param columns the choices for single columns, by name
 * @param keyless what becomes of a table without a key; {@link Keyless#MULTISET} by default
 */
public record TableMapping(
    String name,
    String tables,
    TypeOptions options,
    Map<String, TypeOptions> columns,
    @Nullable Keyless keyless) {

  /** What becomes of a table that has neither a primary key nor a unique key without NULLs. */
  public enum Keyless {
    /** Its rows are kept as a multiset: as many equal rows as the source has. */
    MULTISET,
    /** It is not mirrored, and its state says so. */
    REFUSE
  }

  /** What applies where no mapping matches. */
  public static final TableMapping DEFAULT =
      new TableMapping("default", ".*", TypeOptions.NONE, Map.of(), null);

  /**
   * Copies the map; what is left out is empty.
   *
   * @throws IllegalArgumentException when {@code tables} is no regular expression
   */
  public TableMapping {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(tables, "tables");
    options = options == null ? TypeOptions.NONE : options;
    columns = columns == null ? Map.of() : Map.copyOf(columns);
    try {
      Pattern.compile(tables);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "tables is not a regular expression: " + e.getDescription() + " at " + e.getIndex(), e);
    }
  }

  /**
   * Whether it is for this table.
   *
   * @throws IllegalStateException when the pattern takes too many steps on this name
   */
  public boolean matches(String database, String table) {
    return new TablePattern(tables).matches(database + "." + table);
  }

  /** The choices for a column: its own, else its table's. */
  public TypeOptions optionsOf(String column) {
    return columns.getOrDefault(column, TypeOptions.NONE).orElse(options);
  }

  /** What becomes of a table without a key. */
  public Keyless keylessPolicy() {
    return keyless == null ? Keyless.MULTISET : keyless;
  }
}
