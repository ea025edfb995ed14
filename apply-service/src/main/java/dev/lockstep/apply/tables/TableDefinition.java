package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.clickhouse.InsertTarget;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.encode.RowPlan;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import dev.lockstep.common.mapping.TargetName;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The target table as a schema and its mapping ask for it.
 *
 * @param target what is queried
 * @param form whether its rows have a key, or are kept as signed contributions
 * @param columns what the source's columns become, in the source's order
 * @param key the names in the target of the columns that make a row's key; empty for a multiset
 * @param rules the mapping that applies
 * @param schema the schema, whose id rises with each change of the source table
 */
record TableDefinition(
    TargetName target,
    RowForm form,
    List<TargetColumn> columns,
    List<String> key,
    TableMapping rules,
    TableSchema schema) {
  static final String ROWS_SUFFIX = "__rows";

  /**
   * Reads it off a schema.
   *
   * @throws TableFault with everything that stands against it
   */
  static TableDefinition of(TableSchema schema, TableMapping mapping) {
    RowForm form = schema.key().isEmpty() ? RowForm.MULTISET : RowForm.MIRROR;
    List<TargetColumn> columns = SchemaColumns.of(schema, mapping, form);
    List<String> key = schema.key().stream().map(mapping::nameOf).toList();
    return new TableDefinition(target(schema, mapping), form, columns, key, mapping, schema);
  }

  private static TargetName target(TableSchema schema, TableMapping mapping) {
    try {
      return mapping.targetOf(schema.database(), schema.table());
    } catch (IllegalStateException e) {
      throw new TableFault("Its target can't be told: " + e.getMessage(), e);
    }
  }

  String database() {
    return target.database();
  }

  /** The name of what is queried. */
  String table() {
    return target.table();
  }

  /** The name of the mapping. */
  String mapping() {
    return rules.name();
  }

  boolean isMultiset() {
    return form == RowForm.MULTISET;
  }

  /** The source's columns that the target goes without. */
  Set<String> leftOut() {
    return schema.columns().stream()
        .map(Column::name)
        .filter(rules::excludes)
        .collect(Collectors.toSet());
  }

  /** The name of the table that holds the rows; for a multiset another than what is queried. */
  String storage() {
    return isMultiset() ? table() + ROWS_SUFFIX : table();
  }

  String quotedStorage() {
    return Identifiers.quote(database(), storage());
  }

  /** What is queried, quoted. */
  String quotedName() {
    return Identifiers.quote(database(), table());
  }

  /** The columns that are Lockstep's own, as they follow the source's in a row. */
  List<OwnColumn> ownColumns() {
    boolean altered = columns.stream().anyMatch(TargetColumn::alters);
    return OwnColumn.in(form).filter(own -> altered || own != OwnColumn.ALTERED).toList();
  }

  /** The sorting key of the table that holds the rows. */
  List<String> sortingKey() {
    return isMultiset() ? List.of(OwnColumn.SIGN.sqlName(), OwnColumn.VERSION.sqlName()) : key;
  }

  /** The engine with its arguments. Rows that are marked and stay are rows like others to it. */
  String engine() {
    if (isMultiset()) {
      return "ReplacingMergeTree";
    }
    return rules.deletePolicy() == Deletes.SOFT
        ? "ReplacingMergeTree(%s)".formatted(OwnColumn.VERSION.sqlName())
        : "ReplacingMergeTree(%s, %s)"
            .formatted(OwnColumn.VERSION.sqlName(), OwnColumn.DELETED.sqlName());
  }

  String createTable() {
    String lines =
        Stream.concat(
                columns.stream().map(TableDefinition::declaration),
                ownColumns().stream().map(OwnColumn::declaration))
            .collect(Collectors.joining(",\n  "));
    return "CREATE TABLE IF NOT EXISTS %s (\n  %s\n)\nENGINE = %s\nORDER BY (%s)\nCOMMENT %s"
        .formatted(
            quotedStorage(),
            lines,
            engine(),
            Identifiers.quoteAll(sortingKey()),
            Identifiers.literal(TableMark.of(this).in("")));
  }

  /** The statement that adds one of the columns at its place. */
  String addColumn(int index) {
    String place =
        index == 0 ? "FIRST" : "AFTER " + Identifiers.quote(columns.get(index - 1).name());
    return addColumn(declaration(columns.get(index))) + " " + place;
  }

  /** The statement that adds one of Lockstep's own columns behind the others. */
  String addColumn(OwnColumn own) {
    return addColumn(own.declaration());
  }

  String modifyComment(String comment) {
    return "ALTER TABLE %s MODIFY COMMENT %s"
        .formatted(quotedStorage(), Identifiers.literal(comment));
  }

  private String addColumn(String declaration) {
    return "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s".formatted(quotedStorage(), declaration);
  }

  private static String declaration(TargetColumn column) {
    var sql = new StringBuilder(Identifiers.quote(column.name())).append(' ').append(column.type());
    String comment = FormMark.comment(column);
    if (!comment.isEmpty()) {
      sql.append(" COMMENT ").append(Identifiers.literal(comment));
    }
    if (column.codec() != null) {
      sql.append(" CODEC(").append(column.codec()).append(')');
    }
    return sql.toString();
  }

  PreparedTable prepared() {
    List<String> names =
        Stream.concat(
                columns.stream().map(TargetColumn::name),
                ownColumns().stream().filter(OwnColumn::isInRows).map(OwnColumn::sqlName))
            .toList();
    var plan = new RowPlan(form, columns, leftOut(), rules.deletePolicy() == Deletes.IGNORE);
    return new PreparedTable(target, plan, new InsertTarget(quotedStorage(), names));
  }
}
