package dev.lockstep.admin;

import dev.lockstep.common.kafka.KafkaSettings;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;
import org.springframework.kafka.support.LoggingProducerListener;

/** The clients of Kafka: one producer, and one consumer of replies. */
@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {
  /** As large as the control topics take it. */
  private static final int LARGEST_RECORD = 8 * 1024 * 1024;

  @Bean
  ProducerFactory<byte[], byte[]> producerFactory(KafkaSettings kafka) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    return new DefaultKafkaProducerFactory<>(properties);
  }

  /**
   * Replies are read from the topic's beginning, ten minutes back at most: so the one that comes
   * while the position is still being looked up counts, and those to others are skipped anyway.
   */
  @Bean
  ConsumerFactory<byte[], byte[]> consumerFactory(KafkaSettings kafka) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new DefaultKafkaConsumerFactory<>(properties);
  }

  /** Started by the control plane, once the reply topic exists. */
  @Bean
  ReplyingKafkaTemplate<byte[], byte[], byte[]> preflightTemplate(
      KafkaSettings kafka,
      ProducerFactory<byte[], byte[]> producers,
      ConsumerFactory<byte[], byte[]> consumers) {
    var properties = new ContainerProperties(kafka.topics().adminReplies());
    properties.setGroupId("lockstep-admin-" + UUID.randomUUID());
    properties.setAckMode(ContainerProperties.AckMode.MANUAL);
    var replies = new ConcurrentMessageListenerContainer<>(consumers, properties);
    replies.setAutoStartup(false);
    var template = new ReplyingKafkaTemplate<>(producers, replies);
    template.setSharedReplyTopic(true);
    template.setAutoStartup(false);
    template.setProducerListener(withoutContents());
    return template;
  }

  /** A question holds a config with its secrets: it is never logged. */
  private static LoggingProducerListener<byte[], byte[]> withoutContents() {
    var listener = new LoggingProducerListener<byte[], byte[]>();
    listener.setIncludeContents(false);
    return listener;
  }
}
