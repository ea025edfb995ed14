package dev.lockstep.apply.errors;

import org.jspecify.annotations.Nullable;

/** One record can never be applied; its neighbours can. */
public final class RecordFault extends ApplyFault {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 200;

  private final String problem;
  private final @Nullable String column;

  /** With what is wrong with the record as a whole, in words that quote no value. */
  public RecordFault(String problem) {
    super(problem);
    this.problem = problem;
    this.column = null;
  }

  /**
   * With what is wrong with the record as a whole, in words that quote no value, and the cause's
   * own, which may.
   */
  public RecordFault(String problem, String detail, Throwable cause) {
    super(problem + ": " + detail, cause);
    this.problem = problem;
    this.column = null;
  }

  private RecordFault(Object value, String predicate) {
    super("value " + shown(value) + " " + predicate);
    this.problem = "a value " + predicate;
    this.column = null;
  }

  private RecordFault(String column, RecordFault cause) {
    super("Column " + column + ": " + cause.reason(), cause);
    this.problem = "Column " + column + ": " + cause.problem;
    this.column = column;
  }

  /** A value that its column's target type can't hold. */
  public static RecordFault value(Object value, String predicate) {
    return new RecordFault(value, predicate);
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  /** The same with the column it was found in. */
  public RecordFault in(String columnName) {
    return new RecordFault(columnName, this);
  }

  /** The same without any value of the row. */
  public RecordFault withoutValue() {
    return new RecordFault(problem);
  }

  /** The reason without any value of the row, for logs. */
  public String problem() {
    return problem;
  }

  /** The column whose value is at fault, or null when it is the record as a whole. */
  public @Nullable String column() {
    return column;
  }
}
