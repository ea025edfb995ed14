package dev.lockstep.capture.ddl;

import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.mysql.antlr.MySqlAntlrDdlParser;
import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.ParseTreeWalker;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's parser of MySQL's DDL, with each table that a statement makes or alters turned into
 * what MySQL's SHOW CREATE TABLE would say of it.
 */
public final class ExactDdlParser extends MySqlAntlrDdlParser {
  /**
   * For one connector.
   *
   * @param comments whether the columns' comments are kept
   * @param filter the tables that are captured
   * @param charsets MySQL's character sets by collation
   */
  public ExactDdlParser(boolean comments, TableFilter filter, BinlogCharsetRegistry charsets) {
    super(true, false, comments, filter, charsets);
  }

  @Override
  protected ParseTree parseTree(MySqlParser parser) {
    ParseTree statement = super.parseTree(parser);
    ParseTreeWalker.DEFAULT.walk(new ByteTypes(), statement);
    return statement;
  }

  @Override
  public void signalCreateTable(TableId id, ParserRuleContext statement) {
    asShown(id);
    super.signalCreateTable(id, statement);
  }

  @Override
  public void signalAlterTable(
      TableId id, @Nullable TableId previous, ParserRuleContext statement) {
    asShown(id);
    super.signalAlterTable(id, previous, statement);
  }

  private void asShown(TableId id) {
    Table table = databaseTables().forTable(id);
    if (table != null) {
      databaseTables()
          .overwriteTable(
              table
                  .edit()
                  .setColumns(table.columns().stream().map(TypeNames::shown).toList())
                  .create());
    }
  }
}
