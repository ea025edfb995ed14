package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.clickhouse.InsertTarget;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.apply.types.UnsupportedColumnException;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The target table as a schema asks for it.
 *
 * @param database the target's database, named as the source's
 * @param table the target's table, named as the source's
 * @param columns what the source's columns become, in the source's order
 * @param key the sorting key: the names of the columns that make a row's key
 */
record TableDefinition(
    String database, String table, List<TargetColumn> columns, List<String> key) {
  static final String VERSION = "_version";
  static final String DELETED = "_deleted";

  /**
   * Reads it off a schema.
   *
   * @throws TableFault with everything that stands against it
   */
  static TableDefinition of(TableSchema schema) {
    List<String> problems = new ArrayList<>();
    List<TargetColumn> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      try {
        columns.add(TypeRules.target(column, TypeOptions.NONE));
      } catch (UnsupportedColumnException e) {
        problems.add(e.getMessage());
      }
    }
    problems.addAll(keyProblems(schema));
    if (!problems.isEmpty()) {
      throw new TableFault(
          "Table %s.%s can't be mirrored: %s"
              .formatted(schema.database(), schema.table(), String.join("; ", problems)));
    }
    return new TableDefinition(schema.database(), schema.table(), columns, schema.key());
  }

  private static List<String> keyProblems(TableSchema schema) {
    List<String> problems = new ArrayList<>();
    if (schema.key().isEmpty()) {
      problems.add(
          "It has no key, so its rows can't be told apart. Give it a primary key, or name columns"
              + " that identify a row in message.key.columns");
    }
    for (Column column : schema.columns()) {
      if (schema.key().contains(column.name()) && column.nullable()) {
        problems.add(
            "Key column %s may be NULL. Make it NOT NULL or choose other columns in message.key.columns"
                .formatted(column.name()));
      }
      if (column.name().equals(VERSION) || column.name().equals(DELETED)) {
        problems.add(
            "Column %s has a name that the target needs for itself. Leave it out with column.exclude.list"
                .formatted(column.name()));
      }
    }
    for (String name : schema.key()) {
      if (schema.columns().stream().noneMatch(column -> column.name().equals(name))) {
        problems.add("Key column " + name + " is not among its columns. Don't exclude it");
      }
    }
    return problems;
  }

  String quotedName() {
    return Identifiers.quote(database, table);
  }

  String createTable() {
    String lines =
        Stream.concat(
                columns.stream().map(c -> Identifiers.quote(c.name()) + " " + c.type()),
                Stream.of(VERSION + " UInt64", DELETED + " UInt8"))
            .collect(Collectors.joining(",\n  "));
    return "CREATE TABLE IF NOT EXISTS %s (\n  %s\n)\nENGINE = ReplacingMergeTree(%s, %s)\nORDER BY (%s)"
        .formatted(quotedName(), lines, VERSION, DELETED, Identifiers.quoteAll(key));
  }

  /** The statement that adds one of the columns at its place. */
  String addColumn(int index) {
    TargetColumn column = columns.get(index);
    String place =
        index == 0 ? "FIRST" : "AFTER " + Identifiers.quote(columns.get(index - 1).name());
    return "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s %s"
        .formatted(quotedName(), Identifiers.quote(column.name()), column.type(), place);
  }

  PreparedTable prepared() {
    List<String> names =
        Stream.concat(columns.stream().map(TargetColumn::name), Stream.of(VERSION, DELETED))
            .map(Identifiers::quote)
            .toList();
    return new PreparedTable(database, table, columns, new InsertTarget(quotedName(), names));
  }
}
