package dev.lockstep.capture.ddl;

import dev.lockstep.capture.ddl.TableIndex.Kind;
import io.debezium.connector.mysql.antlr.MySqlAntlrDdlParser;
import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.ColumnAttributeContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.CreateIndexContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.FieldDefinitionContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.IdentifierContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.IndexNameContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.KeyListWithExpressionContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.KeyPartContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.KeyPartOrExpressionContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.TableConstraintDefContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.TableElementListContext;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.util.List;
import java.util.Objects;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a statement which indexes it makes. Those that MySQL makes for a foreign key are not
 * among them.
 */
final class IndexDefinitions {
  private final MySqlAntlrDdlParser parser;
  private final Table table;
  private TableIndexes indexes;

  /**
   * Adds to what there is.
   *
   * @param table with the columns that it has after the statement
   */
  IndexDefinitions(MySqlAntlrDdlParser parser, Table table, TableIndexes before) {
    this.parser = parser;
    this.table = table;
    this.indexes = before;
  }

  TableIndexes indexes() {
    return indexes;
  }

  void addAll(@Nullable TableElementListContext elements) {
    if (elements == null) {
      return;
    }
    for (var element : elements.tableElement()) {
      if (element.columnDefinition() != null) {
        var column = element.columnDefinition();
        addOfColumn(name(column.columnName()), column.fieldDefinition());
      } else if (element.tableConstraintDef() != null) {
        add(element.tableConstraintDef());
      }
    }
  }

  /** Adds those that a column's own definition asks for. */
  void addOfColumn(String column, @Nullable FieldDefinitionContext definition) {
    if (definition == null) {
      return;
    }
    boolean unique = definition.dataType().SERIAL_SYMBOL() != null;
    boolean primary = false;
    for (ColumnAttributeContext attribute : definition.columnAttribute()) {
      int word = attribute.value == null ? 0 : attribute.value.getType();
      unique |= word == MySqlParser.UNIQUE_SYMBOL || word == MySqlParser.SERIAL_SYMBOL;
      primary |= word == MySqlParser.KEY_SYMBOL;
    }
    if (primary) {
      indexes = indexes.with(TableIndex.primary(List.of(column)));
    }
    if (unique) {
      indexes = indexes.with(new TableIndex(Kind.UNIQUE, "", false, List.of(column)));
    }
  }

  void add(TableConstraintDefContext constraint) {
    KeyListWithExpressionContext parts = constraint.keyListWithExpression();
    if (constraint.type == null || parts == null) {
      return;
    }
    int type = constraint.type.getType();
    if (type == MySqlParser.PRIMARY_SYMBOL) {
      indexes = indexes.with(TableIndex.primary(columns(parts)));
    } else {
      String name = nameOf(constraint);
      Kind kind = type == MySqlParser.UNIQUE_SYMBOL ? unique(parts) : Kind.OTHER;
      indexes = indexes.with(new TableIndex(kind, name, !name.isEmpty(), columns(parts)));
    }
  }

  void add(CreateIndexContext statement) {
    KeyListWithExpressionContext parts = statement.createIndexTarget().keyListWithExpression();
    Kind kind = statement.UNIQUE_SYMBOL() != null ? unique(parts) : Kind.OTHER;
    indexes =
        indexes.with(new TableIndex(kind, nameOf(statement.indexName()), true, columns(parts)));
  }

  private String nameOf(TableConstraintDefContext constraint) {
    IndexNameContext own =
        constraint.indexNameAndType() == null
            ? constraint.indexName()
            : constraint.indexNameAndType().indexName();
    String name = nameOf(own);
    if (!name.isEmpty() || constraint.constraintName() == null) {
      return name;
    }
    IdentifierContext symbol = constraint.constraintName().identifier();
    return symbol == null ? "" : name(symbol);
  }

  private String nameOf(@Nullable IndexNameContext name) {
    return name == null ? "" : name(name);
  }

  /** A name without its quotes. */
  String name(ParserRuleContext name) {
    return parser.removeRepeatedBacktick(parser.withoutQuotes(name));
  }

  private List<String> columns(KeyListWithExpressionContext parts) {
    return parts.keyPartOrExpression().stream()
        .map(KeyPartOrExpressionContext::keyPart)
        .filter(Objects::nonNull)
        .map(part -> name(part.identifier()))
        .toList();
  }

  private Kind unique(KeyListWithExpressionContext parts) {
    boolean prefix = false;
    for (KeyPartOrExpressionContext part : parts.keyPartOrExpression()) {
      if (part.keyPart() == null) {
        return Kind.OTHER;
      }
      prefix |= isPrefix(part.keyPart());
    }
    return prefix ? Kind.UNIQUE_PREFIX : Kind.UNIQUE;
  }

  /** A length as long as the column is none. */
  private boolean isPrefix(KeyPartContext part) {
    if (part.fieldLength() == null) {
      return false;
    }
    Column column = table.columnWithName(name(part.identifier()));
    String length = part.fieldLength().getText().replaceAll("[^0-9]", "");
    return column == null
        || column.typeName().contains("TEXT")
        || column.typeName().contains("BLOB")
        || !length.equals(String.valueOf(column.length()));
  }
}
