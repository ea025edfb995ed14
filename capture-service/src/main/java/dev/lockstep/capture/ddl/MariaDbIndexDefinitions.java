package dev.lockstep.capture.ddl;

import dev.lockstep.capture.ddl.TableIndex.Kind;
import io.debezium.connector.mariadb.antlr.MariaDbAntlrDdlParser;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.ColumnConstraintContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.ColumnDeclarationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.ColumnDefinitionContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.ConstraintDeclarationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.CreateDefinitionContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.CreateIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.IndexColumnNameContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.IndexColumnNamesContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.IndexDeclarationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.PrimaryKeyColumnConstraintContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.PrimaryKeyTableConstraintContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.SerialDefaultColumnConstraintContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.SimpleIndexDeclarationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.SpecialIndexDeclarationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.UidContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.UniqueKeyColumnConstraintContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.UniqueKeyTableConstraintContext;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a statement of MariaDB's which indexes it makes; {@link IndexDefinitions} for the other
 * grammar. Those that MariaDB makes for a foreign key are not among them.
 */
final class MariaDbIndexDefinitions {
  private final MariaDbAntlrDdlParser parser;
  private final Table table;
  private TableIndexes indexes;

  /**
   * Adds to what there is.
   *
   * @param table with the columns that it has after the statement
   */
  MariaDbIndexDefinitions(MariaDbAntlrDdlParser parser, Table table, TableIndexes before) {
    this.parser = parser;
    this.table = table;
    this.indexes = before;
  }

  TableIndexes indexes() {
    return indexes;
  }

  void addAll(List<CreateDefinitionContext> definitions) {
    for (CreateDefinitionContext definition : definitions) {
      switch (definition) {
        case ColumnDeclarationContext column ->
            addOfColumn(name(column.uid()), column.columnDefinition());
        case ConstraintDeclarationContext constraint -> {
          switch (constraint.tableConstraint()) {
            case PrimaryKeyTableConstraintContext key -> addPrimary(key.indexColumnNames());
            case UniqueKeyTableConstraintContext key ->
                addUnique(key.index == null ? key.name : key.index, key.indexColumnNames());
            default -> {
              // Foreign keys and checks are no keys of rows.
            }
          }
        }
        case IndexDeclarationContext index -> {
          switch (index.indexColumnDefinition()) {
            case SimpleIndexDeclarationContext simple ->
                addOther(simple.uid(), simple.indexColumnNames());
            case SpecialIndexDeclarationContext special ->
                addOther(special.uid(), special.indexColumnNames());
            default -> throw unknown(index.getText());
          }
        }
        default -> {
          // Checks and periods are no indexes.
        }
      }
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException("An index of a form that is not known: " + text);
  }

  /** Adds those that a column's own definition asks for. */
  void addOfColumn(String column, ColumnDefinitionContext definition) {
    boolean unique = definition.dataType().getText().equalsIgnoreCase("SERIAL");
    boolean primary = false;
    for (ColumnConstraintContext constraint : definition.columnConstraint()) {
      unique |=
          constraint instanceof UniqueKeyColumnConstraintContext
              || constraint instanceof SerialDefaultColumnConstraintContext;
      primary |= constraint instanceof PrimaryKeyColumnConstraintContext;
    }
    if (primary) {
      indexes = indexes.with(TableIndex.primary(List.of(column)));
    }
    // Beside a primary key of the same column MariaDB makes none.
    if (unique && !primary) {
      indexes = indexes.with(new TableIndex(Kind.UNIQUE, "", false, List.of(column)));
    }
  }

  void addPrimary(IndexColumnNamesContext columns) {
    indexes = indexes.with(TableIndex.primary(columns(columns)));
  }

  void addPrimary(UidContext column) {
    indexes = indexes.with(TableIndex.primary(List.of(name(column))));
  }

  void addUnique(@Nullable UidContext name, IndexColumnNamesContext columns) {
    add(unique(columns), name, columns);
  }

  void addOther(@Nullable UidContext name, IndexColumnNamesContext columns) {
    add(Kind.OTHER, name, columns);
  }

  void add(CreateIndexContext statement) {
    if (statement.orReplace() != null) {
      indexes = indexes.withoutIfThere(name(statement.uid()));
    } else if (statement.ifNotExists() != null && indexes.has(name(statement.uid()))) {
      return;
    }
    add(
        statement.UNIQUE() == null ? Kind.OTHER : unique(statement.indexColumnNames()),
        statement.uid(),
        statement.indexColumnNames());
  }

  private void add(Kind kind, @Nullable UidContext given, IndexColumnNamesContext columns) {
    String name = given == null ? "" : name(given);
    indexes = indexes.with(new TableIndex(kind, name, !name.isEmpty(), columns(columns)));
  }

  /** A name without its quotes. */
  String name(UidContext name) {
    return parser.parseName(name);
  }

  private List<String> columns(IndexColumnNamesContext columns) {
    return columns.indexColumnName().stream()
        .map(IndexColumnNameContext::uid)
        .filter(Objects::nonNull)
        .map(this::name)
        .toList();
  }

  private Kind unique(IndexColumnNamesContext columns) {
    boolean prefix = false;
    for (IndexColumnNameContext column : columns.indexColumnName()) {
      if (column.uid() == null) {
        return Kind.OTHER;
      }
      prefix |= isPrefix(column);
    }
    return prefix ? Kind.UNIQUE_PREFIX : Kind.UNIQUE;
  }

  /** A length as long as the column is none. */
  private boolean isPrefix(IndexColumnNameContext part) {
    if (part.decimalLiteral() == null) {
      return false;
    }
    Column column = table.columnWithName(name(part.uid()));
    return column == null
        || column.typeName().contains("TEXT")
        || column.typeName().contains("BLOB")
        || !part.decimalLiteral().getText().equals(String.valueOf(column.length()));
  }
}
