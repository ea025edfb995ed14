package dev.lockstep.apply.intake;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * What a consumer's poll throws. The intake never throws for a record, so that this is Kafka's, and
 * passes; but records may have been lost on their way out of the poll. Kafka's client 4.3.1 throws
 * so when two topics differ by {@code .} and {@code _} only, since it gives both the same metrics
 * ({@code FetchMetricsManager}); after a few polls it has them.
 */
final class PollFaults extends DefaultErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(PollFaults.class);
  private static final long PAUSE_MILLIS = 1_000;

  private final Intakes intakes;

  PollFaults(Intakes intakes) {
    super(new FixedBackOff(PAUSE_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
    this.intakes = intakes;
  }

  @Override
  public void handleOtherException(
      Exception thrown,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    log.atWarn().setCause(thrown).log("A poll failed; its records are read again");
    intakes.of(consumer).readAgain(consumer);
  }

  /**
   * A poll that could not even be taken back. Its records are not given out again as they are: what
   * stands before them may have to be read again too.
   */
  @Override
  public void handleBatch(
      Exception thrown,
      ConsumerRecords<?, ?> data,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    log.atWarn().setCause(thrown).log("A poll could not be taken; its records are read again");
    intakes.of(consumer).readAgain(consumer);
  }

  @Override
  public <K, V> ConsumerRecords<K, V> handleBatchAndReturnRemaining(
      Exception thrown,
      ConsumerRecords<?, ?> data,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    handleBatch(thrown, data, consumer, container, invokeListener);
    return ConsumerRecords.empty();
  }
}
