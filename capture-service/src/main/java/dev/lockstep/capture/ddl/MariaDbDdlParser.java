package dev.lockstep.capture.ddl;

import io.debezium.antlr.AntlrDdlParserListener;
import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.mariadb.antlr.MariaDbAntlrDdlParser;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.AlterTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.ColumnCreateTableContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.CreateIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.DropIndexContext;
import io.debezium.ddl.parser.mariadb.generated.MariaDBParser.TableNameContext;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import java.sql.Types;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.ParseTreeWalker;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's parser of MariaDB's DDL, with each table that a statement makes or alters turned into
 * what MariaDB's SHOW CREATE TABLE would say of it: so a table has one schema and one key, whether
 * it was there before the connector or came by the stream.
 */
public final class MariaDbDdlParser extends MariaDbAntlrDdlParser {
  private static final String JSON_CHARSET = "utf8mb4";

  /** Of the table that a statement changes, from before it: a table that is edited loses them. */
  private Optional<TableIndexes> before = Optional.empty();

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
  protected AntlrDdlParserListener createParseTreeWalkerListener() {
    return new MariaDbDdlListener(this);
  }

  @Override
  public void signalCreateTable(TableId id, ParserRuleContext statement) {
    asShown(id);
    if (statement instanceof ColumnCreateTableContext create) {
      change(
          id,
          table -> {
            var indexes = new MariaDbIndexDefinitions(this, table, TableIndexes.NONE);
            indexes.addAll(create.createDefinitions().createDefinition());
            return indexes.indexes().on(table);
          });
    }
    super.signalCreateTable(id, statement);
  }

  @Override
  public void signalAlterTable(
      TableId id, @Nullable TableId previous, ParserRuleContext statement) {
    asShown(id);
    AlterTableContext alter = statement.getRuleContext(AlterTableContext.class, 0);
    if (alter != null) {
      changeIndexes(
          id, (indexes, table) -> new MariaDbIndexChanges(this, table, alter).after(indexes));
    }
    super.signalAlterTable(id, previous, statement);
  }

  /** Told as a change of the table by {@link #indexCreated}, whatever the index. */
  @Override
  public void signalCreateIndex(String name, TableId id, ParserRuleContext statement) {}

  void indexCreated(CreateIndexContext statement) {
    TableId id = parseQualifiedTableId(statement.tableName().fullId());
    changeIndexes(
        id,
        (indexes, table) -> {
          var definitions = new MariaDbIndexDefinitions(this, table, indexes);
          definitions.add(statement);
          return definitions.indexes();
        });
    signalIndexChange(id, statement);
  }

  void indexDropped(DropIndexContext statement) {
    TableId id = parseQualifiedTableId(statement.tableName().fullId());
    String name = parseName(statement.uid());
    changeIndexes(
        id,
        (indexes, table) ->
            statement.ifExists() == null ? indexes.without(name) : indexes.withoutIfThere(name));
    signalIndexChange(id, statement);
  }

  /** As an ALTER TABLE, for which the rows' schema is made anew and the history recorded. */
  private void signalIndexChange(TableId id, ParserRuleContext statement) {
    if (databaseTables().forTable(id) != null) {
      super.signalAlterTable(id, null, statement.getParent());
    }
  }

  /** A statement that may change this table's indexes begins. */
  void changing(TableNameContext table) {
    before =
        Optional.ofNullable(databaseTables().forTable(parseQualifiedTableId(table.fullId())))
            .flatMap(TableIndexes::of);
  }

  private void asShown(TableId id) {
    change(
        id,
        table ->
            table
                .edit()
                .setColumns(table.columns().stream().map(MariaDbDdlParser::shown).toList())
                .addAttributes(table.attributes())
                .create());
  }

  /** Leaves a table of a schema history that has no indexes as Debezium sees it. */
  private void changeIndexes(TableId id, BiFunction<TableIndexes, Table, TableIndexes> change) {
    change(
        id, table -> before.map(indexes -> change.apply(indexes, table).on(table)).orElse(table));
  }

  private void change(TableId id, UnaryOperator<Table> change) {
    Table table = databaseTables().forTable(id);
    if (table != null) {
      databaseTables().overwriteTable(change.apply(table));
    }
  }

  /** JSON is another name for a LONGTEXT with a check. */
  private static Column shown(Column column) {
    return column.typeName().equalsIgnoreCase("JSON")
        ? column.edit().type("LONGTEXT").jdbcType(Types.VARCHAR).charsetName(JSON_CHARSET).create()
        : TypeNames.shown(column);
  }
}
