package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.clickhouse.InsertTarget;
import dev.lockstep.apply.clickhouse.TableName;
import dev.lockstep.apply.encode.RowCondition;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.encode.RowPlan;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.common.mapping.Condition;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import dev.lockstep.common.mapping.TargetName;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The target table as a schema and its mapping ask for it.
 *
 * @param target what is queried
 * @param form whether its rows have a key, or are kept as signed contributions
 * @param columns what the source's columns become, in the source's order
 * @param key the names in the target of the columns that make a row's key; empty for a multiset
 * @param layout how it is laid out
 * @param filter which rows it has, or null where it has all
 * @param rules the mapping that applies
 * @param schema the schema, whose id rises with each change of the source table
 * @param cluster where it is made
 */
record TableDefinition(
    TargetName target,
    RowForm form,
    List<TargetColumn> columns,
    List<String> key,
    TableLayout layout,
    @Nullable RowCondition filter,
    TableMapping rules,
    TableSchema schema,
    Cluster cluster) {
  static final String ROWS_SUFFIX = "__rows";

  /** A history's view looks for its few resets, which have the highest number of all operations. */
  private static final String RESETS =
      "INDEX _resets %s TYPE minmax".formatted(OwnColumn.OP.sqlName());

  /**
   * Reads it off a schema.
   *
   * @throws TableFault with everything that stands against it
   */
  static TableDefinition of(
      TableSchema schema, TableMapping mapping, Salts salts, Cluster cluster) {
    RowForm form = form(schema, mapping);
    TargetName target = target(schema, mapping);
    List<String> problems = new ArrayList<>();
    List<TargetColumn> columns = SchemaColumns.of(schema, mapping, form, salts, problems);
    List<String> key = schema.key().stream().map(mapping::nameOf).toList();
    TableLayout layout = TableLayout.of(form, columns, key, mapping, problems);
    RowCondition filter = filter(schema, mapping, problems);
    if (!problems.isEmpty()) {
      throw new TableFault(
          "Table %s.%s can't be mirrored: %s"
              .formatted(schema.database(), schema.table(), Reasons.join(problems)));
    }
    return new TableDefinition(
        target, form, columns, key, layout, filter, mapping, schema, cluster);
  }

  private static @Nullable RowCondition filter(
      TableSchema schema, TableMapping mapping, List<String> problems) {
    Condition condition = mapping.condition();
    return condition == null
        ? null
        : RowCondition.of(condition, schema.columns(), problems).orElse(null);
  }

  private static RowForm form(TableSchema schema, TableMapping mapping) {
    return switch (mapping.keeps()) {
      case MIRROR -> schema.key().isEmpty() ? RowForm.MULTISET : RowForm.MIRROR;
      case HISTORY -> RowForm.HISTORY;
      case APPEND -> RowForm.APPEND;
    };
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

  /** Whether what is queried is a view of what is stored. */
  boolean hasView() {
    return form == RowForm.MULTISET || form == RowForm.HISTORY;
  }

  /** The name of the table that holds the rows; another than what is queried, if that is a view. */
  String storage() {
    return hasView() ? table() + ROWS_SUFFIX : table();
  }

  String quotedStorage() {
    return Identifiers.quote(database(), storage());
  }

  /** The table that holds the rows as a statement names it that changes it on all hosts. */
  String storageOnCluster() {
    return quotedStorage() + cluster.on();
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
    return layout.sortingKey();
  }

  /** The engine with its arguments. Rows that are marked and stay are rows like others to it. */
  String engine() {
    if (form != RowForm.MIRROR) {
      return "ReplacingMergeTree";
    }
    return rules.deletePolicy() == Deletes.SOFT
        ? "ReplacingMergeTree(%s)".formatted(OwnColumn.VERSION.sqlName())
        : "ReplacingMergeTree(%s, %s)"
            .formatted(OwnColumn.VERSION.sqlName(), OwnColumn.DELETED.sqlName());
  }

  /** What stands behind the names of the computed columns. */
  Map<String, String> computed() {
    Map<String, String> declarations = new TreeMap<>();
    rules.computed().forEach((name, column) -> declarations.put(name, column.declaration()));
    return declarations;
  }

  String createTable() {
    Stream<String> declarations =
        Stream.of(
                columns.stream().map(TableDefinition::declaration),
                ownColumns().stream().map(OwnColumn::declaration),
                computed().entrySet().stream()
                    .map(entry -> Identifiers.quote(entry.getKey()) + " " + entry.getValue()),
                form == RowForm.HISTORY ? Stream.of(RESETS) : Stream.<String>empty())
            .flatMap(lines -> lines);
    return "CREATE TABLE IF NOT EXISTS %s (\n  %s\n)\nENGINE = %s%s\nORDER BY (%s)%s%s\nCOMMENT %s"
        .formatted(
            storageOnCluster(),
            declarations.collect(Collectors.joining(",\n  ")),
            cluster.engine(engine()),
            clause("PARTITION BY", bracketed(rules.storage().partitionBy())),
            Identifiers.quoteAll(sortingKey()),
            clause("TTL", rules.storage().ttl()),
            clause("SETTINGS", TableChanges.settings(rules.storage().settings())),
            Identifiers.literal(TableMark.of(this).in("")));
  }

  private static String clause(String word, @Nullable String content) {
    return content == null || content.isEmpty() ? "" : "\n" + word + " " + content;
  }

  private static @Nullable String bracketed(@Nullable String expression) {
    return expression == null ? null : "(" + expression + ")";
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
        .formatted(storageOnCluster(), Identifiers.literal(comment));
  }

  private String addColumn(String declaration) {
    return "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s".formatted(storageOnCluster(), declaration);
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

  /** The columns; a row's place in the target is not known without those of the sorting key. */
  private List<TargetColumn> sorted() {
    return columns.stream()
        .map(column -> layout.moving().contains(column.name()) ? column.asKey() : column)
        .toList();
  }

  PreparedTable prepared() {
    List<String> names =
        Stream.concat(
                columns.stream().map(TargetColumn::name),
                ownColumns().stream().filter(OwnColumn::isInRows).map(OwnColumn::sqlName))
            .toList();
    var plan =
        new RowPlan(form, sorted(), leftOut(), layout.moving(), rules.deletePolicy(), filter);
    return new PreparedTable(
        target, plan, new InsertTarget(new TableName(database(), storage()), names));
  }
}
