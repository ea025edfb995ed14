package dev.lockstep.capture.publish;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.kafka.TopicNames;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a connector has committed. It has the connector's {@code transactional.id}: no
 * publisher of the connector that began earlier can commit any more.
 */
public final class Erasure implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String connector;
  private final TopicNames topics;
  private final Producer<byte[], byte @Nullable []> producer;

  /**
   * Fences every earlier publisher of the connector.
   *
   * @throws PublishException when Kafka does not let it begin
   */
  public Erasure(String connector, KafkaSettings settings) {
    this.connector = connector;
    this.topics = settings.topics();
    Map<String, Object> properties = settings.clientProperties();
    properties.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        TransactionalPublisher.transactionalId(connector, settings));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 25_000);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    this.producer = new KafkaProducer<>(properties);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(CLOSE_LIMIT);
      throw new PublishException("Can't begin transactions in Kafka: " + e.getMessage(), e);
    }
  }

  /**
   * Erases in one transaction.
   *
   * @param offset whether to forget the connector's place in the source
   * @param schemas keys of the schemas topic to forget
   * @throws PublishException when it is not known to be committed
   */
  public void erase(boolean offset, Collection<String> schemas) {
    try {
      producer.beginTransaction();
      if (offset) {
        forget(topics.offsets(), connector);
      }
      schemas.forEach(key -> forget(topics.schemas(), key));
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw new PublishException("Can't publish to Kafka: " + e.getMessage(), e);
    }
  }

  /** A send that fails fails the commit. */
  private void forget(String topic, String key) {
    Future<RecordMetadata> _ =
        producer.send(new ProducerRecord<>(topic, ControlCodec.key(key), null));
  }

  /** Lets the producer go; an open transaction is aborted. */
  @Override
  public void close() {
    producer.close(CLOSE_LIMIT);
  }
}
