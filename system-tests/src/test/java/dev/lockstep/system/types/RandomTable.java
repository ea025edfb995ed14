package dev.lockstep.system.types;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that was made up, and what happens to it. Besides its columns it has an {@code id}.
 *
 * @param early whether it is there before the snapshot
 * @param key what tells its rows apart
 * @param columns its columns
 * @param rows the rows it begins with
 * @param changes what happens then
 */
record RandomTable(
    boolean early, Key key, List<Column> columns, List<Row> rows, List<Change> changes) {

  /** A key, of columns that are NOT NULL. */
  enum Key {
    ID,
    FIRST_COLUMN,
    ID_AND_FIRST_COLUMN,
    UNIQUE_INDEX,
    NONE
  }

  /** A column by any name. */
  record Column(String name, TypeCase type, boolean nullable) {}

  /** An id and a literal for each column. */
  record Row(int id, List<String> values) {}

  /** What is done to the rows of an id. */
  record Change(Kind kind, int id, Row row) {
    enum Kind {
      INSERT,
      REPLACE,
      UPDATE,
      MOVE,
      DELETE
    }
  }

  /** The statements that make it; one that meets another row's key is refused by the source. */
  List<String> begin(String table) {
    List<String> sql = new ArrayList<>();
    sql.add(create(table));
    rows.forEach(row -> sql.add("INSERT INTO " + table + values(row)));
    return sql;
  }

  private String create(String table) {
    String definitions =
        IntStream.range(0, columns.size())
            .mapToObj(this::definition)
            .collect(Collectors.joining(", "));
    return "CREATE TABLE %s (id INT NOT NULL, %s%s)".formatted(table, definitions, keyDefinition());
  }

  private String definition(int i) {
    Column column = columns.get(i);
    boolean inKey = i == 0 && firstIsInKey();
    return "%s %s %s"
        .formatted(
            name(i), column.type().type(), column.nullable() && !inKey ? "NULL" : "NOT NULL");
  }

  private boolean firstIsInKey() {
    return key != Key.ID && key != Key.NONE && KeyScenarios.mayBeKey(columns.getFirst().type());
  }

  private String keyDefinition() {
    String first = firstIsInKey() ? ", " + name(0) : "";
    return switch (key) {
      case NONE -> "";
      case ID -> ", PRIMARY KEY (id)";
      case ID_AND_FIRST_COLUMN -> ", PRIMARY KEY (id" + first + ")";
      case UNIQUE_INDEX -> ", UNIQUE KEY (id" + first + ")";
      case FIRST_COLUMN ->
          firstIsInKey() ? ", PRIMARY KEY (" + name(0) + ")" : ", PRIMARY KEY (id)";
    };
  }

  private String values(Row row) {
    return " VALUES (%d, %s)"
        .formatted(
            row.id(),
            IntStream.range(0, columns.size())
                .mapToObj(i -> literal(i, row))
                .collect(Collectors.joining(", ")));
  }

  /** NULL only where the column has it. */
  private String literal(int i, Row row) {
    String value = row.values().get(i);
    boolean nullable = columns.get(i).nullable() && !(i == 0 && firstIsInKey());
    return value.equals("NULL") && !nullable
        ? RandomValues.usable(columns.get(i).type()).getFirst()
        : value;
  }

  /** The statements that change it. */
  List<String> change(String table) {
    return changes.stream().map(change -> change(table, change)).toList();
  }

  private String change(String table, Change change) {
    String where = " WHERE id = " + change.id();
    return switch (change.kind()) {
      case INSERT -> "INSERT INTO " + table + values(change.row());
      case REPLACE -> "REPLACE INTO " + table + values(change.row());
      case UPDATE -> {
        int i = change.row().id() % columns.size();
        yield "UPDATE %s SET %s = %s".formatted(table, name(i), literal(i, change.row())) + where;
      }
      case MOVE -> "UPDATE %s SET id = %d".formatted(table, change.row().id()) + where;
      case DELETE -> "DELETE FROM " + table + where;
    };
  }

  private String name(int i) {
    return Quoted.source(columns.get(i).name());
  }

  /** Both ends' rows of it. */
  Scenario scenario(String table) {
    String source =
        columns.stream()
            .map(column -> ", " + column.type().form().ofSource(Quoted.source(column.name())))
            .collect(Collectors.joining());
    String target =
        columns.stream()
            .map(column -> ", " + column.type().form().ofTarget(Quoted.target(column.name())))
            .collect(Collectors.joining());
    return new Scenario(
        table,
        begin(table),
        change(table),
        "SELECT id%s FROM %s".formatted(source, table),
        "SELECT id%s FROM %s%s".formatted(target, table, key == Key.NONE ? "" : " FINAL"));
  }
}
