package dev.lockstep.capture.preflight;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.preflight.PreflightReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.KafkaHeaders;

/** Sends answers where Spring Kafka's ReplyingKafkaTemplate awaits them. */
final class Replies {
  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private final KafkaOperations<byte[], byte[]> kafka;

  Replies(KafkaOperations<byte[], byte[]> kafka) {
    this.kafka = kafka;
  }

  /** Answers; a failure is logged, since who asked has a time limit. */
  void send(ConsumerRecord<?, ?> request, PreflightReport report) {
    Header topic = request.headers().lastHeader(KafkaHeaders.REPLY_TOPIC);
    Header correlation = request.headers().lastHeader(KafkaHeaders.CORRELATION_ID);
    if (topic == null || correlation == null) {
      log.warn("A preflight request names no place for the answer");
      return;
    }
    var reply =
        new ProducerRecord<byte[], byte[]>(
            new String(topic.value(), StandardCharsets.UTF_8),
            partition(request),
            null,
            ControlCodec.encode(report));
    reply.headers().add(correlation);
    send(reply);
  }

  private void send(ProducerRecord<byte[], byte[]> reply) {
    try {
      var _ = kafka.send(reply).whenComplete((sent, failure) -> failed(failure));
    } catch (KafkaException e) {
      failed(e);
    }
  }

  private static @Nullable Integer partition(ConsumerRecord<?, ?> request) {
    Header partition = request.headers().lastHeader(KafkaHeaders.REPLY_PARTITION);
    return partition == null ? null : ByteBuffer.wrap(partition.value()).getInt();
  }

  private static void failed(@Nullable Throwable failure) {
    if (failure != null) {
      log.warn("An answer to a preflight request could not be sent", failure);
    }
  }
}
