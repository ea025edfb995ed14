package dev.lockstep.admin.bodies;

/** A body is not JSON, or no object; the message says where and never quotes it. */
public final class MalformedBodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBodyException(String message) {
    super(message);
  }
}
