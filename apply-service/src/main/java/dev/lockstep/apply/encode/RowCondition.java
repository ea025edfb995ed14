package dev.lockstep.apply.encode;

import dev.lockstep.apply.types.FilterColumn;
import dev.lockstep.apply.types.UnsupportedColumnException;
import dev.lockstep.common.mapping.Condition;
import dev.lockstep.common.schema.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A mapping's filter for the rows of one schema. Never changes.
 *
 * @param columns the columns whose values it compares
 * @param names the names in the source of all columns that it looks at, those first
 * @param test what it asks
 */
public record RowCondition(List<FilterColumn> columns, List<String> names, Test test) {
  /** SQL's three values. */
  enum Truth {
    TRUE,
    FALSE,
    UNKNOWN
  }

  /** Asks something of a row whose values have been read. */
  @FunctionalInterface
  interface Test {
    Truth of(FilterValues row);
  }

  /** Copies the lists. */
  public RowCondition {
    columns = List.copyOf(columns);
    names = List.copyOf(names);
  }

  /**
   * A filter for a schema's rows; empty when it can't be evaluated.
   *
   * @param problems why it can't is added here
   */
  public static Optional<RowCondition> of(
      Condition condition, List<Column> columns, List<String> problems) {
    return new Reading(columns, problems).read(condition);
  }

  private static final class Reading {
    private final Map<String, Column> known = new HashMap<>();
    private final List<String> problems;
    private final List<FilterColumn> compared = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Reading(List<Column> columns, List<String> problems) {
      columns.forEach(column -> known.put(column.name(), column));
      this.problems = problems;
    }

    Optional<RowCondition> read(Condition condition) {
      int before = problems.size();
      findCompared(condition);
      compared.forEach(column -> names.add(column.name()));
      new TreeSet<>(condition.columns())
          .stream().filter(name -> !names.contains(name)).forEach(this::addUncompared);
      if (problems.size() > before) {
        return Optional.empty();
      }
      Test test = test(condition);
      return problems.size() > before
          ? Optional.empty()
          : Optional.of(new RowCondition(compared, names, test));
    }

    private void addUncompared(String name) {
      if (known.containsKey(name)) {
        names.add(name);
      } else {
        problems.add(
            "The filter uses %s, which is no column of the source table. Correct it"
                .formatted(name));
      }
    }

    private void findCompared(Condition condition) {
      switch (condition) {
        case Condition.And(var parts) -> parts.forEach(this::findCompared);
        case Condition.Or(var parts) -> parts.forEach(this::findCompared);
        case Condition.Not(var part) -> findCompared(part);
        case Condition.Compare compare -> addCompared(compare.column());
        case Condition.Like like -> addCompared(like.column());
        case Condition.IsNull _ -> {}
      }
    }

    private void addCompared(String name) {
      Column column = known.get(name);
      if (column == null || compared.stream().anyMatch(other -> other.name().equals(name))) {
        return;
      }
      try {
        compared.add(new FilterColumn(column));
      } catch (UnsupportedColumnException e) {
        problems.add("The filter can't compare a column: " + e.getMessage());
      }
    }

    private Test test(Condition condition) {
      return switch (condition) {
        case Condition.And(var parts) -> all(parts.stream().map(this::test).toList());
        case Condition.Or(var parts) -> any(parts.stream().map(this::test).toList());
        case Condition.Not(var part) -> not(test(part));
        case Condition.IsNull(var column) -> isNull(names.indexOf(column));
        case Condition.Compare compare ->
            ofValue(
                compare.column(), column -> column.compare(compare.operator(), compare.constant()));
        case Condition.Like like -> ofValue(like.column(), column -> column.like(like.pattern()));
      };
    }

    private interface Maker {
      FilterColumn.Test make(FilterColumn column);
    }

    private Test ofValue(String name, Maker maker) {
      int index = names.indexOf(name);
      try {
        FilterColumn.Test test = maker.make(compared.get(index));
        return row ->
            row.isNull(index) ? Truth.UNKNOWN : row.holds(index, test) ? Truth.TRUE : Truth.FALSE;
      } catch (IllegalArgumentException e) {
        problems.add("The filter can't be: " + e.getMessage());
        return _ -> Truth.UNKNOWN;
      }
    }

    private static Test isNull(int index) {
      return row -> row.isNull(index) ? Truth.TRUE : Truth.FALSE;
    }

    private static Test not(Test part) {
      return row ->
          switch (part.of(row)) {
            case TRUE -> Truth.FALSE;
            case FALSE -> Truth.TRUE;
            case UNKNOWN -> Truth.UNKNOWN;
          };
    }

    private static Test all(List<Test> parts) {
      return row -> first(parts, row, Truth.FALSE, Truth.TRUE);
    }

    private static Test any(List<Test> parts) {
      return row -> first(parts, row, Truth.TRUE, Truth.FALSE);
    }

    /** What decides where a part is so, else what is where all parts are known. */
    private static Truth first(
        List<Test> parts, FilterValues row, Truth deciding, Truth otherwise) {
      Truth truth = otherwise;
      for (int i = 0; i < parts.size(); i++) {
        Truth part = parts.get(i).of(row);
        if (part == deciding) {
          return deciding;
        }
        truth = part == Truth.UNKNOWN ? Truth.UNKNOWN : truth;
      }
      return truth;
    }
  }
}
