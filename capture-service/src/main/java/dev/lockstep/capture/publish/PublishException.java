package dev.lockstep.capture.publish;

/**
 * A batch could not be published; its transaction is aborted or will be, and the engine must begin
 * again from the committed offset.
 */
public class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what happened and its cause. */
  public PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
