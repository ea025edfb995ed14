package dev.lockstep.capture.preflight;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.common.preflight.PreflightRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * Answers preflight requests. Checking happens on the executor, so that a slow source holds up
 * neither the consumer nor the other requests; a request that a crash takes with it is asked again
 * by who waits for it.
 */
final class PreflightListener {
  /** Nobody waits for the answer to an older one. */
  static final Duration OLDEST = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(PreflightListener.class);

  private final Preflight preflight;
  private final Replies replies;
  private final Executor executor;
  private final InstantSource clock;

  /**
   * Prepares to listen.
   *
   * @param preflight does the checks
   * @param replies sends the answers
   * @param executor runs a bounded number of checks at once, and rejects what it can't queue
   * @param clock tells a request's age
   */
  PreflightListener(Preflight preflight, Replies replies, Executor executor, InstantSource clock) {
    this.preflight = preflight;
    this.replies = replies;
    this.executor = executor;
    this.clock = clock;
  }

  @KafkaListener(
      id = "preflight",
      idIsGroup = false,
      topics = "#{@preflightTopic}",
      containerFactory = "preflightListenerContainerFactory")
  void onRequest(ConsumerRecord<byte[], byte[]> request) {
    try {
      executor.execute(() -> answer(request));
    } catch (RejectedExecutionException e) {
      log.warn("Too many preflight requests at once; one was turned away", e);
      replies.send(request, busy());
    }
  }

  private void answer(ConsumerRecord<byte[], byte[]> request) {
    if (isStale(request)) {
      log.info("A preflight request that nobody waits for any more was passed over");
      return;
    }
    try {
      replies.send(request, report(request.value()));
    } catch (InterruptedException e) {
      log.info("Stopping: a preflight request stays unanswered");
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStale(ConsumerRecord<byte[], byte[]> request) {
    return request.timestamp() < clock.millis() - OLDEST.toMillis();
  }

  private PreflightReport report(byte[] json) throws InterruptedException {
    Optional<PreflightRequest> request = decode(json);
    return request.isPresent() ? preflight.check(request.get()) : undecodable();
  }

  /** Without the exception: it may quote the request, which holds secrets. */
  private static Optional<PreflightRequest> decode(byte[] json) {
    try {
      return Optional.ofNullable(ControlCodec.decode(json, PreflightRequest.class));
    } catch (IllegalArgumentException e) {
      log.atWarn()
          .addKeyValue("bytes", json.length)
          .addKeyValue("reason", e.getMessage())
          .log("A preflight request can't be read");
      return Optional.empty();
    }
  }

  private static PreflightReport undecodable() {
    return error(
        "config",
        "capture-service can't read the request.",
        "Each value of the config must be a string; if they are, run admin-service and"
            + " capture-service of the same version.");
  }

  private static PreflightReport busy() {
    return error(
        "config", "capture-service checks too many connectors at once.", "Try again in a minute.");
  }

  private static PreflightReport error(String key, String problem, String remedy) {
    return new PreflightReport(List.of(new Finding(Severity.ERROR, key, problem, remedy)));
  }
}
