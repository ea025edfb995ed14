package dev.lockstep.capture.ddl;

import io.debezium.connector.mysql.antlr.listener.MySqlAntlrDdlParserListener;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.AlterTableContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.CreateIndexContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.CreateTableContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.DropIndexContext;
import org.antlr.v4.runtime.ParserRuleContext;

/** Debezium's walk through a statement, with the statements on indexes that it leaves out. */
final class DdlListener extends MySqlAntlrDdlParserListener {
  private final ExactDdlParser parser;

  DdlListener(ExactDdlParser parser) {
    super(parser);
    this.parser = parser;
  }

  @Override
  public void enterEveryRule(ParserRuleContext rule) {
    switch (rule) {
      case AlterTableContext alter -> parser.changing(alter.tableRef());
      case CreateIndexContext create -> parser.changing(create.createIndexTarget().tableRef());
      case DropIndexContext drop -> parser.changing(drop.tableRef());
      default -> {
        // Changes no indexes, or makes them all.
      }
    }
    super.enterEveryRule(rule);
  }

  @Override
  public void exitCreateIndex(CreateIndexContext statement) {
    parser.indexCreated(statement);
  }

  @Override
  public void exitDropIndex(DropIndexContext statement) {
    parser.indexDropped(statement);
  }

  @Override
  public void exitEveryRule(ParserRuleContext rule) {
    if (!(rule instanceof CreateTableContext statement && copiesForNothing(statement))) {
      super.exitEveryRule(rule);
    }
  }

  /** CREATE TABLE IF NOT EXISTS … LIKE of a table that exists, which Debezium would replace. */
  private boolean copiesForNothing(CreateTableContext statement) {
    return statement.LIKE_SYMBOL() != null
        && statement.ifNotExists() != null
        && parser.databaseTables().forTable(parser.parseQualifiedTableId(statement.tableName()))
            != null;
  }
}
