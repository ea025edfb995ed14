package dev.lockstep.common.mapping;

import java.util.Optional;

/**
 * Which rows of the source a mapping is for: a condition in a small part of SQL, which MySQL,
 * ClickHouse and Lockstep read alike. docs/mappings.md, "Row filter", defines it.
 */
public final class RowFilter {
  private RowFilter() {}

  /**
   * The condition of a text.
   *
   * @throws IllegalArgumentException with what is wrong when it is none
   */
  public static Condition parse(String text) {
    return ConditionReader.read(new SqlExpression(text).text());
  }

  /** What is wrong with a text; empty when it is a condition. */
  public static Optional<String> problem(String text) {
    try {
      parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
