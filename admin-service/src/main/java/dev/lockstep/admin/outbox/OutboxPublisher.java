package dev.lockstep.admin.outbox;

import dev.lockstep.common.kafka.ControlCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the outbox to Kafka, one record after the other, on a thread of its own: when it is
 * nudged, and every second. A record may be sent twice, never out of its order.
 */
public final class OutboxPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutboxPublisher.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SEND_LIMIT = Duration.ofSeconds(30);
  private static final int MOST_NUDGES = 1_000;

  private final Outbox outbox;
  private final Supplier<Producer<byte[], byte[]>> producer;
  private final BlockingQueue<CompletableFuture<Void>> nudges =
      new LinkedBlockingQueue<>(MOST_NUDGES);
  private final Thread thread = Thread.ofPlatform().name("outbox").daemon().unstarted(this::run);
  private volatile boolean closed;
  private volatile @Nullable String problem;

  /**
   * A publisher that does not run yet.
   *
   * @param outbox what to publish
   * @param producer gives a producer with {@code acks=all} that is idempotent; asked for each
   *     record
   */
  public OutboxPublisher(Outbox outbox, Supplier<Producer<byte[], byte[]>> producer) {
    this.outbox = outbox;
    this.producer = producer;
  }

  /** Begins to publish. */
  public void start() {
    thread.start();
  }

  /** Asks to publish now; done after the next attempt, whether it succeeded or not. */
  public CompletableFuture<Void> nudge() {
    var nudge = new CompletableFuture<Void>();
    if (!nudges.offer(nudge)) {
      nudge.complete(null);
    }
    return nudge;
  }

  /** Why the last attempt failed, or empty when it succeeded. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void run() {
    while (!closed) {
      List<CompletableFuture<Void>> asked = new ArrayList<>();
      try {
        CompletableFuture<Void> first = nudges.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          asked.add(first);
          nudges.drainTo(asked);
        }
        publishAll();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        failed(e);
      } finally {
        asked.forEach(nudge -> nudge.complete(null));
      }
    }
  }

  private void publishAll() {
    boolean more = true;
    while (more && !closed) {
      more = outbox.sendOldest(this::send);
    }
    if (problem != null) {
      problem = null;
      log.info("The outbox is published again");
    }
  }

  private void send(OutboxRecord waiting) {
    String json = waiting.json();
    var message =
        new ProducerRecord<byte @Nullable [], byte @Nullable []>(
            waiting.topic(),
            ControlCodec.key(waiting.key()),
            json == null ? null : json.getBytes(StandardCharsets.UTF_8));
    try {
      producer.get().send(message).get(SEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new PublishException(waiting, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new PublishException(waiting, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishException(waiting, e);
    }
  }

  /** Says so once; the exception's own message may quote a database's row, so it is not shown. */
  private void failed(RuntimeException e) {
    String now =
        e instanceof PublishException
            ? String.valueOf(e.getMessage())
            : "The outbox can't be read: " + e.getClass().getSimpleName();
    if (!closed && !now.equals(problem)) {
      log.atWarn().addKeyValue("problem", now).log("The outbox waits; trying again each second");
    }
    problem = now;
  }

  /** Ends publishing; what waits is published after the next start. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
