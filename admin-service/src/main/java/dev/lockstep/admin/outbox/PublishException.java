package dev.lockstep.admin.outbox;

/** A record that Kafka did not take; tried again. */
final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PublishException(OutboxRecord waiting, Throwable cause) {
    super(
        "Kafka did not take the record "
            + waiting.key()
            + " of "
            + waiting.topic()
            + ": "
            + cause.getClass().getSimpleName(),
        cause);
  }
}
