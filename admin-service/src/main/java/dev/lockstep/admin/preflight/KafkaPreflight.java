package dev.lockstep.admin.preflight;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.requestreply.KafkaReplyTimeoutException;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/** Asks capture-service over Kafka; any of its replicas answers. */
public final class KafkaPreflight implements Preflight {
  private static final Logger log = LoggerFactory.getLogger(KafkaPreflight.class);

  /** Beyond the template's own limit, which ends the wait. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final ReplyingKafkaTemplate<byte[], byte[], byte[]> template;
  private final String topic;
  private final Duration timeout;

  /** Asks in this topic and waits this long. */
  public KafkaPreflight(
      ReplyingKafkaTemplate<byte[], byte[], byte[]> template, String topic, Duration timeout) {
    this.template = template;
    this.topic = topic;
    this.timeout = timeout;
  }

  /** Begins to listen for answers; to be called again when it throws. */
  public void open() throws InterruptedException, TimeoutException {
    template.start();
    if (!template.waitForAssignment(GRACE)) {
      throw new TimeoutException("Kafka has not assigned the reply topic yet");
    }
  }

  @Override
  public PreflightReport ask(PreflightRequest request) {
    try {
      if (!template.isRunning() || !template.waitForAssignment(timeout)) {
        throw kafkaAway();
      }
      return decode(
          template
              .sendAndReceive(question(request), timeout)
              .get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
              .value());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaReplyTimeoutException ? nobody() : kafkaRefused(e);
    } catch (TimeoutException e) {
      throw nobody();
    } catch (KafkaException e) {
      throw kafkaRefused(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PreflightUnavailableException("admin-service is shutting down.");
    }
  }

  private ProducerRecord<byte[], byte[]> question(PreflightRequest request) {
    return new ProducerRecord<>(
        topic, ControlCodec.key(request.connector()), ControlCodec.encode(request));
  }

  private static PreflightReport decode(byte[] answer) {
    try {
      return ControlCodec.decode(answer, PreflightReport.class);
    } catch (IllegalArgumentException e) {
      log.atError().setCause(e).log("capture-service answered a preflight unreadably");
      throw new PreflightUnavailableException(
          "capture-service answered in a way that admin-service does not understand."
              + " Run both in the same version.");
    }
  }

  private PreflightUnavailableException nobody() {
    return new PreflightUnavailableException(
        "capture-service did not answer within "
            + timeout.toSeconds()
            + " s: is it running? Its /actuator/health/readiness (port 8081 by default) says what"
            + " it waits for. Repeat the request when it is up.");
  }

  private static PreflightUnavailableException kafkaAway() {
    return new PreflightUnavailableException(
        "Kafka can't be reached, so capture-service can't be asked whether the connector could run."
            + " /actuator/health/readiness says why. Repeat the request when Kafka is up.");
  }

  private static PreflightUnavailableException kafkaRefused(Exception e) {
    log.atWarn().setCause(e).log("Kafka did not take a preflight request");
    return kafkaAway();
  }
}
