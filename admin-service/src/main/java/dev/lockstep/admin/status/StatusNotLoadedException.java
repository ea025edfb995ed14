package dev.lockstep.admin.status;

/** The status topic has not been read yet, so nothing true can be said. */
public final class StatusNotLoadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StatusNotLoadedException() {
    super(
        "The status topic has not been read to its end yet. /actuator/health/readiness says what"
            + " admin-service waits for. Repeat the request then");
  }
}
