package dev.lockstep.apply.errors;

/** Why something could not be applied; the subtypes say how far the fault reaches. */
public abstract sealed class ApplyFault extends RuntimeException
    permits TransientFault, RecordFault, TableFault {
  private static final long serialVersionUID = 1L;

  ApplyFault(String message) {
    super(message);
  }

  ApplyFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message, which every fault has. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
