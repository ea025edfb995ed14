package dev.lockstep.capture.ddl;

import io.debezium.ddl.parser.mysql.generated.MySqlParser.CompoundStatementContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParserBaseListener;

/**
 * Empties the bodies of events, triggers and routines in a parsed statement: they are not carried
 * out when they are made, which Debezium's parser takes the DDL in an event to be.
 */
final class StoredBodies extends MySqlParserBaseListener {
  @Override
  public void exitCompoundStatement(CompoundStatementContext body) {
    if (body.children != null) {
      body.children.clear();
    }
  }
}
