package dev.lockstep.apply.replay;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.replay.ReplayStatus;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes how far replays have come. */
public final class ReplayReports {
  private static final Logger log = LoggerFactory.getLogger(ReplayReports.class);
  private static final long LIMIT_SECONDS = 40;

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  /** To this topic. */
  public ReplayReports(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Publishes one; the last of a replay is in Kafka when it returns, or it is carried out again.
   */
  public void publish(ReplayStatus status) {
    try {
      var sent =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  ControlCodec.key(ReplayStatus.recordKey(status.id())),
                  ControlCodec.encode(status)));
      if (status.state().isFinal() || status.exchanged()) {
        sent.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      log.atWarn()
          .setCause(e)
          .addKeyValue("replay", status.id())
          .log("How far a replay has come can't be published now");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
