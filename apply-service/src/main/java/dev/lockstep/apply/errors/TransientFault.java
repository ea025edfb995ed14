package dev.lockstep.apply.errors;

/** Passes by itself or once an operator has mended something: try the same again, for ever. */
public final class TransientFault extends ApplyFault {
  private static final long serialVersionUID = 1L;

  private final Reach reach;

  /** Whom it hits. */
  public enum Reach {
    /** One table; its neighbours may go on. */
    TABLE,
    /** Every table, as ClickHouse itself can't be used. */
    TARGET
  }

  /** With what is wrong. */
  public TransientFault(Reach reach, String message) {
    super(message);
    this.reach = reach;
  }

  /** With what is wrong and its cause. */
  public TransientFault(Reach reach, String message, Throwable cause) {
    super(message, cause);
    this.reach = reach;
  }

  /** Whom it hits. */
  public Reach reach() {
    return reach;
  }
}
