package dev.lockstep.common.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Makes Kafka's clients of their properties, with serializers of bytes among them. */
public interface KafkaClients {
  /** Clients of a Kafka that is reached over the network. */
  KafkaClients NETWORK =
      new KafkaClients() {
        @Override
        public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
          return new KafkaProducer<>(properties);
        }

        @Override
        public Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
          return new KafkaConsumer<>(properties);
        }
      };

  /** A producer, which the caller closes. */
  Producer<byte[], byte[]> producer(Map<String, Object> properties);

  /** A consumer, which the caller closes. */
  Consumer<byte[], byte[]> consumer(Map<String, Object> properties);
}
