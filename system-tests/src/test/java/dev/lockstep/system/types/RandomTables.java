package dev.lockstep.system.types;

import dev.lockstep.system.types.RandomTable.Change;
import dev.lockstep.system.types.RandomTable.Column;
import dev.lockstep.system.types.RandomTable.Key;
import dev.lockstep.system.types.RandomTable.Row;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Tables of all types, as jqwik makes them up. */
final class RandomTables {
  private static final int COLUMNS = 8;
  private static final int ROWS = 6;
  private static final int CHANGES = 16;
  private static final int IDS = 8;

  private RandomTables() {}

  static Arbitrary<RandomTable> tables() {
    return columns()
        .list()
        .ofMinSize(1)
        .ofMaxSize(COLUMNS)
        .map(RandomTables::numbered)
        .flatMap(RandomTables::over);
  }

  private static Arbitrary<Column> columns() {
    List<TypeCase> types =
        TypeCases.all().stream()
            .filter(type -> !type.type().matches("VARCHAR\\(5000\\)|VECTOR\\(2048\\)"))
            .filter(type -> !RandomValues.usable(type).isEmpty())
            .toList();
    Arbitrary<String> names =
        Arbitraries.of("c", "sel ect", "ü漢", "q`\"'", "back\\slash", "a.b", "from");
    return Combinators.combine(names, Arbitraries.of(types), Arbitraries.of(true, false))
        .as(Column::new);
  }

  /** No two columns with one name. */
  private static List<Column> numbered(List<Column> columns) {
    List<Column> numbered = new ArrayList<>();
    for (Column column : columns) {
      numbered.add(new Column(column.name() + numbered.size(), column.type(), column.nullable()));
    }
    return numbered;
  }

  private static Arbitrary<RandomTable> over(List<Column> columns) {
    Arbitrary<Row> rows = rows(columns);
    Arbitrary<Change> changes =
        Combinators.combine(Arbitraries.of(Change.Kind.class), ids(), rows).as(Change::new);
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(Key.class),
            rows.list().ofMinSize(1).ofMaxSize(ROWS),
            changes.list().ofMaxSize(CHANGES))
        .as((early, key, first, then) -> new RandomTable(early, key, columns, first, then));
  }

  private static Arbitrary<Row> rows(List<Column> columns) {
    List<Arbitrary<String>> values =
        columns.stream()
            .map(column -> RandomValues.of(column.type()).map(value -> value).injectNull(0.1))
            .map(value -> value.map(literal -> literal == null ? "NULL" : literal))
            .toList();
    return Combinators.combine(ids(), Combinators.combine(values).as(List::copyOf)).as(Row::new);
  }

  private static Arbitrary<Integer> ids() {
    return Arbitraries.integers().between(0, IDS);
  }
}
