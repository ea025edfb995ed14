package dev.lockstep.apply.encode;

/** How an event becomes rows of the target. Each row ends with {@code _version UInt64}. */
public enum RowForm {
  /**
   * One row for each event: what is after it, or for a delete what was before it; then {@code
   * _version}, {@code _deleted UInt8}.
   */
  MIRROR,
  /**
   * For tables without a key: the row before with {@code _sign} -1, then the row after with {@code
   * _sign} +1, each where there is one; {@code _version}, {@code _sign Int8} follow the columns.
   */
  MULTISET,
  /**
   * One row for each version of a row, and one that ends the last; {@code _version}, {@code _op},
   * {@code _source_time} follow the columns, see {@link Op}.
   */
  HISTORY,
  /** One row for each event, with the same columns behind it as a history. */
  APPEND;

  /** Whether its rows are changes, which stay. */
  public boolean keepsChanges() {
    return switch (this) {
      case MIRROR, MULTISET -> false;
      case HISTORY, APPEND -> true;
    };
  }
}
