package dev.lockstep.capture.ddl;

import io.debezium.connector.mariadb.antlr.MariaDbAntlrDdlParser;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByAddColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByChangeColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByDropColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByModifyColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterByRenameColumnContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterSpecificationContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.ColumnCreateTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.CopyCreateTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.QueryCreateTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.RoutineBodyContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.TableNameContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.UidContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParserBaseListener;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import org.antlr.v4.runtime.ParserRuleContext;

/**
 * Carries out the conditions of MariaDB's DDL before Debezium reads it, which passes over them: a
 * column that is added IF NOT EXISTS would replace the one that exists, and a table that is created
 * OR REPLACE would stay as it was. The bodies of events and routines are emptied, as they are not
 * carried out when they are made.
 */
final class MariaDbConditions extends MariaDBParserBaseListener {
  private final MariaDbAntlrDdlParser parser;

  MariaDbConditions(MariaDbAntlrDdlParser parser) {
    this.parser = parser;
  }

  @Override
  public void exitColumnCreateTable(ColumnCreateTableContext statement) {
    if (statement.orReplace() != null) {
      replaced(statement.tableName());
    }
  }

  @Override
  public void exitQueryCreateTable(QueryCreateTableContext statement) {
    if (statement.orReplace() != null) {
      replaced(statement.tableName());
    }
  }

  /** A copy of a table replaces what is there in Debezium's eyes, whether it shall or not. */
  @Override
  public void exitCopyCreateTable(CopyCreateTableContext statement) {
    if (statement.ifNotExists() != null && table(statement.tableName(0)) != null) {
      remove(statement);
    }
  }

  @Override
  public void exitRoutineBody(RoutineBodyContext body) {
    if (body.children != null) {
      body.children.clear();
    }
  }

  private void replaced(TableNameContext name) {
    parser.databaseTables().removeTable(id(name));
  }

  @Override
  public void exitAlterTable(AlterTableContext statement) {
    Table table = table(statement.tableName());
    if (table != null) {
      statement.alterSpecification().stream()
          .filter(change -> isForNothing(table, change))
          .forEach(MariaDbConditions::remove);
    }
  }

  private boolean isForNothing(Table table, AlterSpecificationContext change) {
    return switch (change) {
      case AlterByAddColumnContext add -> add.ifNotExists() != null && has(table, add.uid(0));
      case AlterByDropColumnContext drop -> drop.ifExists() != null && !has(table, drop.uid());
      case AlterByModifyColumnContext modify ->
          modify.ifExists() != null && !has(table, modify.uid(0));
      case AlterByChangeColumnContext modify ->
          modify.ifExists() != null && !has(table, modify.oldColumn);
      case AlterByRenameColumnContext rename ->
          rename.ifExists() != null && !has(table, rename.oldColumn);
      default -> false;
    };
  }

  private boolean has(Table table, UidContext column) {
    return table.columnWithName(parser.parseName(column)) != null;
  }

  private Table table(TableNameContext name) {
    return parser.databaseTables().forTable(id(name));
  }

  private TableId id(TableNameContext name) {
    return parser.parseQualifiedTableId(name.fullId());
  }

  private static void remove(ParserRuleContext part) {
    part.getParent().children.remove(part);
  }
}
