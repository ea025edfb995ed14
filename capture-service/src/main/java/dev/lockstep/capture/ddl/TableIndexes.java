package dev.lockstep.capture.ddl;

import dev.lockstep.capture.ddl.TableIndex.Kind;
import io.debezium.relational.Attribute;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The indexes of a table in MySQL's own order. Debezium's table has a key only and forgets which
 * index it came from; an attribute of the table, which is renamed, copied and kept in the schema
 * history with it, remembers them all.
 */
record TableIndexes(List<TableIndex> all) {
  static final TableIndexes NONE = new TableIndexes(List.of());
  private static final String ATTRIBUTE = "lockstep.indexes";

  /** What MySQL names an index that begins with an expression. */
  private static final String FUNCTIONAL = "functional_index";

  private static final char UNNAMED = '?';

  TableIndexes {
    all = List.copyOf(all);
  }

  /** Those of a table; none where it is from a schema history without them. */
  static Optional<TableIndexes> of(Table table) {
    Attribute attribute = table.attributeWithName(ATTRIBUTE);
    return attribute == null ? Optional.empty() : Optional.of(read(attribute.value()));
  }

  /** With one more, named as MySQL names it where it has no name. */
  TableIndexes with(TableIndex index) {
    List<TableIndex> more = new ArrayList<>(all);
    more.add(index.name().isEmpty() ? index.withName(freeName(index), false) : index);
    return new TableIndexes(more);
  }

  private String freeName(TableIndex index) {
    String wish = index.columns().isEmpty() ? FUNCTIONAL : index.columns().getFirst();
    String name = wish;
    for (int i = 2; name.equalsIgnoreCase(TableIndex.PRIMARY_NAME) || has(name); i++) {
      name = wish + "_" + i;
    }
    return name;
  }

  boolean has(String name) {
    return all.stream().anyMatch(index -> index.hasName(name));
  }

  /**
   * Without the one of this name. Where none has it, a name was worked out wrongly, and it may have
   * been any of those: all are gone then, for a key too few is seen, and a key too many merges rows
   * unseen.
   */
  TableIndexes without(String name) {
    boolean known = has(name);
    return new TableIndexes(
        all.stream().filter(index -> known ? !index.hasName(name) : index.named()).toList());
  }

  /** Without those of this name, if there are any. */
  TableIndexes withoutIfThere(String name) {
    return has(name) ? without(name) : this;
  }

  /** As MySQL has them when a column is dropped: without it, and without those of it alone. */
  TableIndexes withoutColumn(String column) {
    List<TableIndex> left = new ArrayList<>();
    for (TableIndex index : all) {
      List<String> columns =
          index.columns().stream().filter(name -> !name.equalsIgnoreCase(column)).toList();
      if (!columns.isEmpty() || index.columns().isEmpty()) {
        left.add(index.withColumns(columns));
      }
    }
    return new TableIndexes(left);
  }

  /** With new names for some, by their names in lower case. */
  TableIndexes renamed(Map<String, String> names) {
    return new TableIndexes(
        all.stream()
            .map(
                index -> {
                  String name = names.get(lower(index.name()));
                  return name == null ? index : index.withName(name, true);
                })
            .toList());
  }

  /** With new names for some columns, by their names in lower case. */
  TableIndexes withColumnsRenamed(Map<String, String> names) {
    return new TableIndexes(
        all.stream()
            .map(
                index ->
                    index.withColumns(
                        index.columns().stream()
                            .map(column -> names.getOrDefault(lower(column), column))
                            .toList()))
            .toList());
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The table with these indexes, and with the key that MySQL would choose among them. */
  Table on(Table table) {
    var notNull =
        table.edit().setColumns(table.columns().stream().map(this::asPrimaryAllows).toList());
    Table columns = notNull.setPrimaryKeyNames(List.of()).create();
    TableIndexes sorted = sortedFor(columns);
    return columns
        .edit()
        .setPrimaryKeyNames(sorted.key(columns))
        .addAttribute(Attribute.editor().name(ATTRIBUTE).value(sorted.written()).create())
        .create();
  }

  private Column asPrimaryAllows(Column column) {
    boolean inPrimary =
        all.stream()
            .filter(index -> index.kind() == Kind.PRIMARY)
            .flatMap(index -> index.columns().stream())
            .anyMatch(column.name()::equalsIgnoreCase);
    if (!inPrimary || !column.isOptional()) {
      return column;
    }
    var editor = column.edit().optional(false);
    if (column.hasDefaultValue() && column.defaultValueExpression().isEmpty()) {
      editor.unsetDefaultValueExpression();
    }
    return editor.create();
  }

  /**
   * In the order in which MySQL keeps and shows them ({@code sort_keys} in its sql_table.cc), so
   * that the same key is chosen from a DDL in the stream as from SHOW CREATE TABLE.
   */
  private TableIndexes sortedFor(Table table) {
    return new TableIndexes(
        all.stream().sorted(Comparator.comparingInt(index -> rank(index, table))).toList());
  }

  private static int rank(TableIndex index, Table table) {
    return switch (index.kind()) {
      case PRIMARY -> 0;
      case UNIQUE -> isNotNull(index, table) ? 1 : 3;
      case UNIQUE_PREFIX -> isNotNull(index, table) ? 2 : 4;
      case OTHER -> 5;
    };
  }

  private static boolean isNotNull(TableIndex index, Table table) {
    return index.columns().stream()
        .map(table::columnWithName)
        .allMatch(column -> column != null && !column.isOptional());
  }

  private List<String> key(Table table) {
    return all.stream()
        .filter(index -> index.kind() != Kind.OTHER && isNotNull(index, table))
        .findFirst()
        .map(
            index ->
                index.columns().stream().map(name -> table.columnWithName(name).name()).toList())
        .orElse(List.of());
  }

  /** One index after the other with semicolons between: its kind, its name, its columns. */
  private String written() {
    return all.stream().map(TableIndexes::written).collect(Collectors.joining(";"));
  }

  private static String written(TableIndex index) {
    var text = new StringBuilder(index.kind().name());
    text.append(index.named() ? "" : UNNAMED).append(' ').append(encoded(index.name()));
    index.columns().forEach(column -> text.append(' ').append(encoded(column)));
    return text.toString();
  }

  private static TableIndexes read(String written) {
    return new TableIndexes(
        written.isEmpty()
            ? List.of()
            : Arrays.stream(written.split(";", -1)).map(TableIndexes::readOne).toList());
  }

  private static TableIndex readOne(String written) {
    List<String> words = List.of(written.split(" ", -1));
    String kind = words.getFirst();
    boolean named = kind.indexOf(UNNAMED) < 0;
    return new TableIndex(
        Kind.valueOf(named ? kind : kind.substring(0, kind.length() - 1)),
        decoded(words.get(1)),
        named,
        words.stream().skip(2).map(TableIndexes::decoded).toList());
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static String decoded(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }
}
