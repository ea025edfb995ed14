package dev.lockstep.capture.credentials;

/** A value that a config names is not there. It may come to be there: trying again makes sense. */
public final class CredentialsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is missing and the way out. */
  CredentialsException(String message) {
    super(message);
  }
}
