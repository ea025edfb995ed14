package dev.lockstep.common.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a filter asks of a row, in SQL's logic of three values: a comparison with NULL is neither
 * true nor false. Its text is what is read again to the same condition.
 */
public sealed interface Condition {
  /** All of them. */
  record And(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return joined(parts, " AND ");
    }
  }

  /** One of them. */
  record Or(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return joined(parts, " OR ");
    }
  }

  /** The opposite. */
  record Not(Condition part) implements Condition {
    @Override
    public String toString() {
      return "NOT (" + part + ")";
    }
  }

  /** A column's value compared with a constant. */
  record Compare(String column, Operator operator, Constant constant) implements Condition {
    @Override
    public String toString() {
      return "%s %s %s".formatted(quoted(column), operator.sign, constant);
    }
  }

  /**
   * A text of a form.
   *
   * @param pattern in which % stands for any characters, _ for one, and a backslash before them for
   *     themselves
   */
  record Like(String column, String pattern) implements Condition {
    @Override
    public String toString() {
      return "%s LIKE %s".formatted(quoted(column), new Constant.Text(pattern));
    }
  }

  /** Whether there is no value. */
  record IsNull(String column) implements Condition {
    @Override
    public String toString() {
      return quoted(column) + " IS NULL";
    }
  }

  /** How a value stands to a constant. */
  enum Operator {
    /** The same. */
    EQUAL("="),
    /** Another. */
    UNEQUAL("<>"),
    /** Before it. */
    LESS("<"),
    /** Before it, or the same. */
    LESS_OR_EQUAL("<="),
    /** Behind it. */
    GREATER(">"),
    /** Behind it, or the same. */
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** Whether it holds where the value compares so with the constant. */
    public boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case UNEQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }

    /** Whether it asks for an order, not only whether both are the same. */
    public boolean isOrder() {
      return this != EQUAL && this != UNEQUAL;
    }
  }

  /** What a value is compared with. */
  sealed interface Constant {
    /** A text, or a date or time. */
    record Text(String value) implements Constant {
      @Override
      public String toString() {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
      }
    }

    /** A number; true is 1 and false is 0. */
    record Numeral(BigDecimal value) implements Constant {
      /** The same number is the same constant, however many zeros it ends with. */
      public Numeral {
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      }

      @Override
      public String toString() {
        return value.toPlainString();
      }
    }
  }

  /** The columns that it looks at, by their names in the source. */
  default Set<String> columns() {
    return switch (this) {
      case And(var parts) -> all(parts);
      case Or(var parts) -> all(parts);
      case Not(var part) -> part.columns();
      case Compare compare -> Set.of(compare.column());
      case Like like -> Set.of(like.column());
      case IsNull(var column) -> Set.of(column);
    };
  }

  private static Set<String> all(List<Condition> parts) {
    Set<String> columns = new TreeSet<>();
    parts.forEach(part -> columns.addAll(part.columns()));
    return columns;
  }

  private static String joined(List<Condition> parts, String word) {
    return parts.stream().map(Condition::toString).collect(Collectors.joining(word, "(", ")"));
  }

  private static String quoted(String column) {
    return "`" + column.replace("\\", "\\\\").replace("`", "``") + "`";
  }
}
