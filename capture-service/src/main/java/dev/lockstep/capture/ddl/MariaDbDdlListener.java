package dev.lockstep.capture.ddl;

import io.debezium.connector.mariadb.antlr.listener.MariaDbAntlrDdlParserListener;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.CreateIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.DropIndexContext;
import org.antlr.v4.runtime.ParserRuleContext;

/** Debezium's walk through a statement of MariaDB's, with those on indexes that it leaves out. */
final class MariaDbDdlListener extends MariaDbAntlrDdlParserListener {
  private final MariaDbDdlParser parser;

  MariaDbDdlListener(MariaDbDdlParser parser) {
    super(parser);
    this.parser = parser;
  }

  @Override
  public void enterEveryRule(ParserRuleContext rule) {
    switch (rule) {
      case AlterTableContext alter -> parser.changing(alter.tableName());
      case CreateIndexContext create -> parser.changing(create.tableName());
      case DropIndexContext drop -> parser.changing(drop.tableName());
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
}
