package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.types.TargetColumn;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query of the view that gives a multiset's rows out of their signed contributions, each as
 * many times as the source has it.
 *
 * <p>Contents of which none was ever removed come straight from the storage. The others, found by a
 * hash of all columns, are grouped with their marks and counted; that a hash may be shared costs
 * time and changes nothing, as groups are made by the columns themselves. Only what a table's
 * newest snapshot and the events after it contributed is counted. FINAL leaves one of each row that
 * was applied twice.
 *
 * @param storage the table of contributions, quoted
 * @param columns the names of the columns that the source has, in their order. One that it had once
 *     must not be among them: rows that were equal but for it would be counted apart
 * @param altered whether the storage has {@code _altered}
 */
record MultisetView(String storage, List<String> columns, boolean altered) {
  /** For a storage with these columns. */
  static MultisetView over(TableDefinition table, Collection<String> storageColumns) {
    return new MultisetView(
        table.quotedStorage(),
        table.columns().stream().map(TargetColumn::name).toList(),
        storageColumns.contains(OwnColumn.ALTERED.sqlName()));
  }

  String select() {
    String source = Identifiers.quoteAll(columns);
    String marks = alias("_marks");
    String rows = altered ? source + ", " + marks() + " AS _altered" : source;
    String marked = altered ? source + ", " + marks() + " AS " + marks : source;
    String grouped = altered ? source + ", " + marks : source;
    String regained = altered ? source + ", " + marks + " AS _altered" : source;
    String copies = alias("_copies");
    String hash = "cityHash64(tuple(" + source + "))";
    String since = since();
    String removals = "FROM %s WHERE _sign = -1 AND _version >= %s".formatted(storage, since);
    String removed = "(SELECT %s %s)".formatted(hash, removals);
    String someRemoved = "(SELECT count() %s)".formatted(removals);
    return """
    SELECT %s FROM %s FINAL
    WHERE _sign = 1 AND _version >= %s AND (%s = 0 OR %s NOT IN %s)
    UNION ALL
    SELECT %s FROM (
      SELECT %s, range(toUInt64(greatest(sum(_sign), 0))) AS %s FROM %s FINAL
      WHERE _sign != 0 AND _version >= %s AND %s > 0 AND %s IN %s
      GROUP BY %s
    ) ARRAY JOIN %s"""
        .formatted(
            rows,
            storage,
            since,
            someRemoved,
            hash,
            removed,
            regained,
            marked,
            copies,
            storage,
            since,
            someRemoved,
            hash,
            removed,
            grouped,
            copies);
  }

  /**
   * The marks of the columns that the source still has, in one order: what a row's removal carries
   * is what the row itself does.
   */
  private String marks() {
    String names = columns.stream().map(Identifiers::literal).collect(Collectors.joining(", "));
    return "CAST(arraySort(arrayFilter(name -> name IN (%s), %s._altered)), '%s')"
        .formatted(names, storage, OwnColumn.ALTERED.type());
  }

  /** The lowest version of the newest snapshot; 0 where there was none. */
  private String since() {
    return "(SELECT min(_version) FROM %1$s WHERE _sign = 0 AND _snapshot = (SELECT argMax(_snapshot, _version) FROM %1$s WHERE _sign = 0))"
        .formatted(storage);
  }

  /** A name that no column has. */
  private String alias(String wish) {
    String name = wish;
    while (columns.contains(name)) {
      name += "_";
    }
    return name;
  }
}
