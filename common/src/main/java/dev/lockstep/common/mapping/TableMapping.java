package dev.lockstep.common.mapping;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How source tables become target tables; a value of the mappings topic, keyed by name. A null
 * value deletes it. Of the mappings of each mode whose pattern matches a table, one applies: see
 * {@link MappingIndex}.
 *
 * @param name the mapping's name
 * @param tables a regular expression that a source table's {@code database.table} must match as a
 *     whole, as in Debezium's {@code table.include.list}
 * @param mode what is kept of them; {@link Mode#MIRROR} by default
 * @param target where their rows go; to the same names as in the source by default, with {@code
 *     __history} or {@code __events} behind a table's where that is kept
 * @param options the choices for all columns of these tables
 * @param columns what is said of single columns, by their names in the source
 * @param computed columns that the source does not have, by their names in the target
 * @param storage how the target table is laid out; in JSON its properties stand beside the others
 * @param filter which rows of the source the target has, see {@link RowFilter}; all by default
 * @param deletes what becomes of a row that is deleted in the source; {@link Deletes#DELETE} by
 *     default
 * @param keyless what becomes of a table without a key; {@link Keyless#MULTISET} by default
 */
public record TableMapping(
    String name,
    String tables,
    @Nullable Mode mode,
    @Nullable Target target,
    TypeOptions options,
    Map<String, ColumnMapping> columns,
    Map<String, ComputedColumn> computed,
    @JsonUnwrapped Storage storage,
    @Nullable String filter,
    @Nullable Deletes deletes,
    @Nullable Keyless keyless) {

  /** What is kept of a table. One table can be kept in each of these ways at once. */
  public enum Mode {
    /** Its rows as they are now. */
    MIRROR(""),
    /** Each version of each row, with the time from when until when it was so. */
    HISTORY("__history"),
    /** Each change as an event. */
    APPEND("__events");

    private final String suffix;

    Mode(String suffix) {
      this.suffix = suffix;
    }
  }

  /** What becomes of a row that is deleted in the source. */
  public enum Deletes {
    /** It is gone in the target too. */
    DELETE,
    /** It stays, marked in {@code _deleted}. */
    SOFT,
    /** It stays as it was. */
    IGNORE
  }

  /** What becomes of a table that has neither a primary key nor a unique key without NULLs. */
  public enum Keyless {
    /** Its rows are kept as a multiset: as many equal rows as the source has. */
    MULTISET,
    /** It is not mirrored, and its state says so. */
    REFUSE
  }

  /** What applies where no mapping matches. */
  public static final TableMapping DEFAULT = of("default", ".*");

  /**
   * Copies the maps; what is left out is empty.
   *
   * @throws IllegalArgumentException when {@code tables} is no regular expression, the target names
   *     a group that it does not have, or the filter is no condition
   */
  public TableMapping {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(tables, "tables");
    options = options == null ? TypeOptions.NONE : options;
    columns = columns == null ? Map.of() : Map.copyOf(columns);
    computed = computed == null ? Map.of() : Map.copyOf(computed);
    storage = storage == null ? Storage.NONE : storage;
    if (filter != null) {
      RowFilter.parse(filter);
    }
    try {
      TablePattern pattern = new TablePattern(tables);
      if (target != null) {
        target.checkGroups(pattern);
      }
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "tables is not a regular expression: " + e.getDescription() + " at " + e.getIndex(), e);
    }
  }

  /**
   * One that chooses nothing.
   *
   * @throws IllegalArgumentException when {@code tables} is no regular expression
   */
  public static TableMapping of(String name, String tables) {
    return new TableMapping(
        name,
        tables,
        null,
        null,
        TypeOptions.NONE,
        Map.of(),
        Map.of(),
        Storage.NONE,
        null,
        null,
        null);
  }

  /**
   * Whether it is for this table.
   *
   * @throws IllegalStateException when the pattern takes too many steps on this name
   */
  public boolean matches(String database, String table) {
    return new TablePattern(tables).matches(database + "." + table);
  }

  /**
   * Where the rows of a table go that it is for.
   *
   * @throws IllegalStateException when the pattern takes too many steps on this name, or a name in
   *     the target would be empty
   */
  public TargetName targetOf(String sourceDatabase, String sourceTable) {
    String byDefault = sourceTable + keeps().suffix;
    if (target == null) {
      return new TargetName(sourceDatabase, byDefault);
    }
    MatchResult match = new TablePattern(tables).match(sourceDatabase + "." + sourceTable);
    String database = fill(target.database(), sourceDatabase, sourceTable, match);
    String table = fill(target.table(), sourceDatabase, sourceTable, match);
    return new TargetName(
        database == null ? sourceDatabase : database, table == null ? byDefault : table);
  }

  private @Nullable String fill(
      @Nullable String template, String database, String table, MatchResult match) {
    if (template == null) {
      return null;
    }
    String filled = new NameTemplate(template).fill(database, table, match);
    if (filled.isEmpty()) {
      throw new IllegalStateException(
          "Mapping %s gives %s.%s an empty name in the target: what %s stands for is empty"
              .formatted(name, database, table, template));
    }
    return filled;
  }

  /** What is kept of its tables. */
  public Mode keeps() {
    return mode == null ? Mode.MIRROR : mode;
  }

  /** The same with this target for all its tables. */
  public TableMapping into(TargetName name) {
    var literally =
        new Target(NameTemplate.literal(name.database()), NameTemplate.literal(name.table()));
    return new TableMapping(
        this.name, tables, mode, literally, options, columns, computed, storage, filter, deletes,
        keyless);
  }

  /** What it says of a column, by its name in the source. */
  public ColumnMapping column(String column) {
    return columns.getOrDefault(column, ColumnMapping.NONE);
  }

  /** The choices for a column: its own, else its table's. */
  public TypeOptions optionsOf(String column) {
    return column(column).options().orElse(options);
  }

  /** Whether the target goes without a column. */
  public boolean excludes(String column) {
    return Boolean.TRUE.equals(column(column).exclude());
  }

  /** A column's name in the target. */
  public String nameOf(String column) {
    String renamed = column(column).name();
    return renamed == null ? column : renamed;
  }

  /** Which rows of the source it is for; null where all are. */
  public @Nullable Condition condition() {
    return filter == null ? null : RowFilter.parse(filter);
  }

  /** What becomes of a row that is deleted in the source. */
  public Deletes deletePolicy() {
    return deletes == null ? Deletes.DELETE : deletes;
  }

  /** What becomes of a table without a key. */
  public Keyless keylessPolicy() {
    return keyless == null ? Keyless.MULTISET : keyless;
  }
}
