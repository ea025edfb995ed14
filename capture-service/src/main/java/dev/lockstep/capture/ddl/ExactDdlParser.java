package dev.lockstep.capture.ddl;

import io.debezium.antlr.AntlrDdlParserListener;
import io.debezium.connector.binlog.charset.BinlogCharsetRegistry;
import io.debezium.connector.mysql.antlr.MySqlAntlrDdlParser;
import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.AlterStatementContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.CreateIndexContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.CreateStatementContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.DropIndexContext;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.ParseTreeWalker;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's parser of MySQL's DDL, with each table that a statement makes or alters turned into
 * what MySQL's SHOW CREATE TABLE would say of it.
 */
public final class ExactDdlParser extends MySqlAntlrDdlParser {
  /** Of the table that a statement changes, from before it: a table that is edited loses them. */
  private Optional<TableIndexes> before = Optional.empty();

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
    ParseTreeWalker.DEFAULT.walk(new StoredBodies(), statement);
    return statement;
  }

  @Override
  protected AntlrDdlParserListener createParseTreeWalkerListener() {
    return new DdlListener(this);
  }

  @Override
  public void signalCreateTable(TableId id, ParserRuleContext statement) {
    asShown(id);
    if (statement instanceof CreateStatementContext create
        && create.createTable().LIKE_SYMBOL() == null) {
      change(
          id,
          table -> {
            var indexes = new IndexDefinitions(this, table, TableIndexes.NONE);
            indexes.addAll(create.createTable().tableElementList());
            return indexes.indexes().on(table);
          });
    }
    super.signalCreateTable(id, statement);
  }

  @Override
  public void signalAlterTable(
      TableId id, @Nullable TableId previous, ParserRuleContext statement) {
    asShown(id);
    if (statement instanceof AlterStatementContext alter && alter.alterTable() != null) {
      changeIndexes(
          id, (indexes, table) -> new IndexChanges(this, table, alter.alterTable()).after(indexes));
    }
    super.signalAlterTable(id, previous, statement);
  }

  /** Told as a change of the table by {@link #indexCreated}, whatever the index. */
  @Override
  public void signalCreateIndex(String name, TableId id, ParserRuleContext statement) {}

  void indexCreated(CreateIndexContext statement) {
    TableId id = parseQualifiedTableId(statement.createIndexTarget().tableRef());
    changeIndexes(
        id,
        (indexes, table) -> {
          var definitions = new IndexDefinitions(this, table, indexes);
          definitions.add(statement);
          return definitions.indexes();
        });
    signalIndexChange(id, statement);
  }

  void indexDropped(DropIndexContext statement) {
    TableId id = parseQualifiedTableId(statement.tableRef());
    changeIndexes(
        id,
        (indexes, table) ->
            indexes.without(removeRepeatedBacktick(withoutQuotes(statement.indexRef()))));
    signalIndexChange(id, statement);
  }

  /** As an ALTER TABLE, for which the rows' schema is made anew and the history recorded. */
  private void signalIndexChange(TableId id, ParserRuleContext statement) {
    if (databaseTables().forTable(id) != null) {
      super.signalAlterTable(id, null, statement.getParent());
    }
  }

  /** A statement that may change this table's indexes begins. */
  void changing(ParserRuleContext table) {
    before =
        Optional.ofNullable(databaseTables().forTable(parseQualifiedTableId(table)))
            .flatMap(TableIndexes::of);
  }

  private void asShown(TableId id) {
    change(
        id,
        table ->
            table
                .edit()
                .setColumns(table.columns().stream().map(TypeNames::shown).toList())
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
}
