package dev.lockstep.admin.problems;

/** A request that can't be answered; the detail names the field and the way out. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  /** Of this type; the detail is for the operator to read and never holds a secret. */
  public ProblemException(ProblemType type, String detail) {
    super(detail);
    this.type = type;
  }

  /** What kind of problem it is. */
  public ProblemType type() {
    return type;
  }
}
