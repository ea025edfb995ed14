package dev.lockstep.capture.ddl;

import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.mariadb.antlr.MariaDbAntlrDdlParser;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import java.sql.Types;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.ParseTreeWalker;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's parser of MariaDB's DDL, with each column that a statement makes or alters named as
 * MariaDB's SHOW CREATE TABLE would: so a table has one schema, whether it was there before the
 * connector or came by the stream.
 */
public final class MariaDbDdlParser extends MariaDbAntlrDdlParser {
  private static final String JSON_CHARSET = "utf8mb4";

  /**
   * For one connector.
   *
   * @param comments whether the columns' comments are kept
   * @param filter the tables that are captured
   * @param charsets MariaDB's character sets by collation
   */
  public MariaDbDdlParser(boolean comments, TableFilter filter, BinlogCharsetRegistry charsets) {
    super(true, false, comments, filter, charsets);
  }

  @Override
  protected ParseTree parseTree(MariaDBParser parser) {
    MariaDbTypes.mark(parser.getTokenStream());
    ParseTree statement = super.parseTree(parser);
    ParseTreeWalker.DEFAULT.walk(new MariaDbConditions(this), statement);
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
                  .setColumns(table.columns().stream().map(MariaDbDdlParser::shown).toList())
                  .addAttributes(table.attributes())
                  .create());
    }
  }

  /** JSON is another name for a LONGTEXT with a check. */
  private static Column shown(Column column) {
    return column.typeName().equalsIgnoreCase("JSON")
        ? column.edit().type("LONGTEXT").jdbcType(Types.VARCHAR).charsetName(JSON_CHARSET).create()
        : TypeNames.shown(column);
  }
}
