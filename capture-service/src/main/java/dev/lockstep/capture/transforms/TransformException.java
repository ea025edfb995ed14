package dev.lockstep.capture.transforms;

/** A connector's transform failed on a record; the message names the record's topic. */
public final class TransformException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what it made of the record. */
  public TransformException(String message) {
    super(message);
  }

  TransformException(String message, Throwable cause) {
    super(message, cause);
  }
}
