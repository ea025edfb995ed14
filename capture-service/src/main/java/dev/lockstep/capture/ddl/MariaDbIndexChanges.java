package dev.lockstep.capture.ddl;

import io.debezium.connector.mariadb.antlr.MariaDbAntlrDdlParser;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddColumnsContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddDefinitionsContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddPrimaryKeyContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddSpecialIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddUniqueKeyContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByChangeColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByDropColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByDropConstraintCheckContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByDropIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByDropPrimaryKeyContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByModifyColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByNotExistingPrimaryKeyContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByRenameColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByRenameIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterSpecificationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.ColumnDeclarationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.UidContext;
import io.debezium.relational.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an ALTER TABLE of MariaDB's makes of a table's indexes; {@link IndexChanges} for the other
 * grammar. What it drops and renames are those that were there before.
 */
final class MariaDbIndexChanges {
  private final List<AlterSpecificationContext> items;
  private final MariaDbIndexDefinitions names;
  private final MariaDbAntlrDdlParser parser;
  private final Table table;

  /**
   * Those of one statement.
   *
   * @param table with the columns that it has after the statement
   */
  MariaDbIndexChanges(MariaDbAntlrDdlParser parser, Table table, AlterTableContext statement) {
    this.parser = parser;
    this.table = table;
    this.items = statement.alterSpecification();
    this.names = new MariaDbIndexDefinitions(parser, table, TableIndexes.NONE);
  }

  TableIndexes after(TableIndexes before) {
    TableIndexes kept = before;
    for (AlterSpecificationContext item : items) {
      kept = dropped(kept, item);
    }
    return added(renamed(kept));
  }

  private TableIndexes dropped(TableIndexes before, AlterSpecificationContext item) {
    return switch (item) {
      case AlterByDropPrimaryKeyContext _ -> before.withoutIfThere(TableIndex.PRIMARY_NAME);
      case AlterByDropIndexContext drop when drop.ifExists() != null ->
          before.withoutIfThere(names.name(drop.uid()));
      case AlterByDropIndexContext drop -> before.without(names.name(drop.uid()));
      case AlterByDropConstraintCheckContext drop -> before.withoutIfThere(names.name(drop.uid()));
      case AlterByDropColumnContext drop -> {
        String column = names.name(drop.uid());
        yield adds(column) ? before : before.withoutColumn(column);
      }
      default -> before;
    };
  }

  /** A column that is dropped and added at once keeps its place in the indexes. */
  private boolean adds(String column) {
    return items.stream().flatMap(this::addedBy).anyMatch(column::equalsIgnoreCase);
  }

  private Stream<String> addedBy(AlterSpecificationContext item) {
    return switch (item) {
      case AlterByAddColumnContext add -> Stream.of(names.name(add.uid(0)));
      case AlterByAddColumnsContext add -> add.uid().stream().map(names::name);
      case AlterByAddDefinitionsContext add ->
          add.createDefinition().stream()
              .filter(ColumnDeclarationContext.class::isInstance)
              .map(definition -> names.name(((ColumnDeclarationContext) definition).uid()));
      default -> Stream.of();
    };
  }

  private TableIndexes renamed(TableIndexes before) {
    Map<String, String> columns = new HashMap<>();
    Map<String, String> indexes = new HashMap<>();
    for (AlterSpecificationContext item : items) {
      switch (item) {
        case AlterByRenameIndexContext rename -> rename(indexes, rename.uid(0), rename.uid(1));
        case AlterByRenameColumnContext rename ->
            rename(columns, rename.oldColumn, rename.newColumn);
        case AlterByChangeColumnContext change ->
            rename(columns, change.oldColumn, change.newColumn);
        default -> {
          // Renames nothing.
        }
      }
    }
    return before.renamed(indexes).withColumnsRenamed(columns);
  }

  private void rename(Map<String, String> renames, UidContext from, UidContext to) {
    renames.put(TableIndexes.lower(names.name(from)), names.name(to));
  }

  private TableIndexes added(TableIndexes before) {
    var definitions = new MariaDbIndexDefinitions(parser, table, before);
    for (AlterSpecificationContext item : items) {
      switch (item) {
        case AlterByAddPrimaryKeyContext add -> definitions.addPrimary(add.indexColumnNames());
        case AlterByNotExistingPrimaryKeyContext add -> {
          if (!definitions.indexes().has(TableIndex.PRIMARY_NAME)) {
            definitions.addPrimary(add.uid());
          }
        }
        case AlterByAddUniqueKeyContext add -> {
          UidContext name = add.indexName == null ? add.name : add.indexName;
          if (isWanted(definitions, add.ifNotExists() != null, name)) {
            definitions.addUnique(name, add.indexColumnNames());
          }
        }
        case AlterByAddIndexContext add -> {
          if (isWanted(definitions, add.ifNotExists() != null, add.uid())) {
            definitions.addOther(add.uid(), add.indexColumnNames());
          }
        }
        case AlterByAddSpecialIndexContext add ->
            definitions.addOther(add.uid(), add.indexColumnNames());
        case AlterByAddDefinitionsContext add -> definitions.addAll(add.createDefinition());
        case AlterByAddColumnContext add ->
            definitions.addOfColumn(names.name(add.uid(0)), add.columnDefinition());
        case AlterByAddColumnsContext add -> {
          for (int i = 0; i < add.columnDefinition().size(); i++) {
            definitions.addOfColumn(names.name(add.uid(i)), add.columnDefinition(i));
          }
        }
        case AlterByModifyColumnContext change ->
            definitions.addOfColumn(names.name(change.uid(0)), change.columnDefinition());
        case AlterByChangeColumnContext change ->
            definitions.addOfColumn(names.name(change.newColumn), change.columnDefinition());
        default -> {
          // Adds no index.
        }
      }
    }
    return definitions.indexes();
  }

  private boolean isWanted(
      MariaDbIndexDefinitions definitions, boolean ifNotExists, @Nullable UidContext name) {
    return !ifNotExists || name == null || !definitions.indexes().has(names.name(name));
  }
}
