package dev.lockstep.apply.errors;

/** Stops one table until an operator acts; the message says what is wrong and the way out. */
public final class TableFault extends ApplyFault {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and the way out. */
  public TableFault(String message) {
    super(message);
  }

  /** With what is wrong, the way out and the cause. */
  public TableFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of what nobody has thought of; unknown is not assumed to be a record's fault. */
  public static TableFault bug(Throwable thrown) {
    return new TableFault(
        "A bug in apply-service stopped this table, please report it: " + thrown, thrown);
  }
}
