package dev.lockstep.apply.errors;

import org.jspecify.annotations.Nullable;

/** One record can never be applied; its neighbours can. */
public final class RecordFault extends ApplyFault {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 200;

  private final @Nullable String column;

  /** With what is wrong with the record as a whole. */
  public RecordFault(String message) {
    super(message);
    this.column = null;
  }

  /** With what is wrong with the record as a whole and its cause. */
  public RecordFault(String message, Throwable cause) {
    super(message, cause);
    this.column = null;
  }

  private RecordFault(String column, RecordFault cause) {
    super("Column " + column + ": " + cause.reason(), cause);
    this.column = column;
  }

  /** A value that its column's target type can't hold. */
  public static RecordFault value(Object value, String problem) {
    String text = String.valueOf(value);
    String shown = text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    return new RecordFault("value " + shown + " " + problem);
  }

  /** The same with the column it was found in. */
  public RecordFault in(String columnName) {
    return new RecordFault(columnName, this);
  }

  /** The column whose value is at fault, or null when it is the record as a whole. */
  public @Nullable String column() {
    return column;
  }
}
