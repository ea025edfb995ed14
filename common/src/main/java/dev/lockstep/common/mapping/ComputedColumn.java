package dev.lockstep.common.mapping;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of the target that ClickHouse computes from others.
 *
 * @param type ClickHouse's type
 * @param expression an expression over columns of the target, by their names there
 * @param kind when it is computed; {@link Kind#MATERIALIZED} by default
 */
public record ComputedColumn(String type, String expression, @Nullable Kind kind) {
  /** When a column is computed. */
  public enum Kind {
    /** When the row is inserted; it is stored. */
    MATERIALIZED,
    /** When it is read. */
    ALIAS
  }

  /**
   * Checks the form of both.
   *
   * @throws IllegalArgumentException when one can't stand in a statement, see {@link SqlExpression}
   */
  public ComputedColumn {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(expression, "expression");
    SqlExpression.type(type);
    new SqlExpression(expression);
  }

  /** As it stands behind the column's name in ClickHouse's SQL. */
  public String declaration() {
    return "%s %s (%s)".formatted(type, kind == null ? Kind.MATERIALIZED : kind, expression);
  }
}
