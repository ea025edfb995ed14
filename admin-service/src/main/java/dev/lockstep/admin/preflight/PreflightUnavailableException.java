package dev.lockstep.admin.preflight;

/** Nobody answered a preflight; the message says why and the way out, for the operator to read. */
public final class PreflightUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PreflightUnavailableException(String message) {
    super(message + " Nothing was stored.");
  }
}
