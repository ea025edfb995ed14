package dev.lockstep.stack;

/**
 * Something about the stack that the user has to know; the message names the cause and the way out.
 */
public class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
