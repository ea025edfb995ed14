package dev.lockstep.capture.ddl;

import io.debezium.connector.mysql.antlr.MySqlAntlrDdlParser;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.AlterListItemContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.AlterTableContext;
import io.debezium.relational.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an ALTER TABLE makes of a table's indexes. As in MySQL, the order in which it names its
 * changes does not matter: what it drops and renames are those that were there before.
 */
final class IndexChanges {
  private final List<AlterListItemContext> items;
  private final IndexDefinitions names;
  private final MySqlAntlrDdlParser parser;
  private final Table table;

  /**
   * Those of one statement.
   *
   * @param table with the columns that it has after the statement
   */
  IndexChanges(MySqlAntlrDdlParser parser, Table table, AlterTableContext statement) {
    this.parser = parser;
    this.table = table;
    this.items = items(statement);
    this.names = new IndexDefinitions(parser, table, TableIndexes.NONE);
  }

  private static List<AlterListItemContext> items(AlterTableContext statement) {
    var actions = statement.alterTableActions();
    var commands = actions == null ? null : actions.alterCommandList();
    return commands == null || commands.alterList() == null
        ? List.of()
        : commands.alterList().alterListItem();
  }

  TableIndexes after(TableIndexes before) {
    TableIndexes kept = before;
    for (AlterListItemContext item : items) {
      kept = dropped(kept, item);
    }
    return added(renamed(kept));
  }

  private TableIndexes dropped(TableIndexes before, AlterListItemContext item) {
    if (item.DROP_SYMBOL() == null
        || item.ALTER_SYMBOL() != null
        || item.FOREIGN_SYMBOL() != null) {
      return before;
    }
    if (item.PRIMARY_SYMBOL() != null) {
      return before.withoutIfThere(TableIndex.PRIMARY_NAME);
    }
    if (item.indexRef() != null) {
      return before.without(names.name(item.indexRef()));
    }
    if (item.CONSTRAINT_SYMBOL() != null && item.identifier() != null) {
      return before.withoutIfThere(names.name(item.identifier()));
    }
    if (item.columnInternalRef() == null) {
      return before;
    }
    String column = names.name(item.columnInternalRef());
    return adds(column) ? before : before.withoutColumn(column);
  }

  /** A column that is dropped and added at once keeps its place in the indexes. */
  private boolean adds(String column) {
    return items.stream()
        .filter(item -> item.ADD_SYMBOL() != null)
        .flatMap(this::columnsOf)
        .anyMatch(column::equalsIgnoreCase);
  }

  private Stream<String> columnsOf(AlterListItemContext item) {
    if (item.tableElementList() == null) {
      return Stream.ofNullable(item.identifier()).map(names::name);
    }
    return item.tableElementList().tableElement().stream()
        .flatMap(element -> Stream.ofNullable(element.columnDefinition()))
        .map(column -> names.name(column.columnName()));
  }

  private TableIndexes renamed(TableIndexes before) {
    Map<String, String> columns = new HashMap<>();
    Map<String, String> indexes = new HashMap<>();
    for (AlterListItemContext item : items) {
      if (item.RENAME_SYMBOL() != null && item.indexRef() != null && item.indexName() != null) {
        indexes.put(TableIndexes.lower(names.name(item.indexRef())), names.name(item.indexName()));
      } else if ((item.RENAME_SYMBOL() != null || item.CHANGE_SYMBOL() != null)
          && item.columnInternalRef() != null
          && item.identifier() != null) {
        columns.put(
            TableIndexes.lower(names.name(item.columnInternalRef())),
            names.name(item.identifier()));
      }
    }
    return before.renamed(indexes).withColumnsRenamed(columns);
  }

  private TableIndexes added(TableIndexes before) {
    var definitions = new IndexDefinitions(parser, table, before);
    for (AlterListItemContext item : items) {
      if (item.ADD_SYMBOL() != null && item.tableConstraintDef() != null) {
        definitions.add(item.tableConstraintDef());
      } else if (item.ADD_SYMBOL() != null && item.tableElementList() != null) {
        definitions.addAll(item.tableElementList());
      } else if (item.fieldDefinition() != null) {
        var column = item.identifier() == null ? item.columnInternalRef() : item.identifier();
        definitions.addOfColumn(names.name(column), item.fieldDefinition());
      }
    }
    return definitions.indexes();
  }
}
