package dev.lockstep.common.event;

/**
 * A record of a data topic that is not what capture-service writes; its message says in what. Final
 * for the record.
 */
public class MalformedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public MalformedEventException(String message) {
    super(message);
  }
}
