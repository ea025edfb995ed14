package dev.lockstep.capture.preflight;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Puts the preflight behind its Kafka topic. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
class PreflightConfiguration {
  private static final Duration SOURCE_LIMIT = Duration.ofSeconds(15);
  private static final int AT_ONCE = 2;
  private static final int QUEUED = 16;

  @Bean
  Preflight preflight(KafkaSettings kafka, Credentials credentials) {
    return new Preflight(kafka.topics(), credentials, SOURCE_LIMIT);
  }

  @Bean(defaultCandidate = false)
  String preflightTopic(KafkaSettings kafka) {
    return kafka.topics().captureRequests();
  }

  @Bean
  PreflightListener preflightListener(
      Preflight preflight,
      @Qualifier("preflightReplyTemplate") KafkaTemplate<byte[], byte[]> template,
      @Qualifier("preflightExecutor") ThreadPoolExecutor executor) {
    return new PreflightListener(
        preflight, new Replies(template), executor, InstantSource.system());
  }

  /** Its threads end when idle. */
  @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
  ThreadPoolExecutor preflightExecutor() {
    var executor =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUED),
            Thread.ofPlatform().name("preflight-", 1).daemon().factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Bean(defaultCandidate = false)
  KafkaTemplate<byte[], byte[]> preflightReplyTemplate(KafkaSettings kafka) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "lockstep-capture-preflight");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * 1024 * 1024);
    return new KafkaTemplate<>(
        new DefaultKafkaProducerFactory<>(
            properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Bean(defaultCandidate = false)
  ConcurrentKafkaListenerContainerFactory<byte[], byte[]> preflightListenerContainerFactory(
      KafkaSettings kafka) {
    var factory = new ConcurrentKafkaListenerContainerFactory<byte[], byte[]>();
    factory.setConsumerFactory(
        new DefaultKafkaConsumerFactory<>(
            consumerProperties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    return factory;
  }

  /**
   * A group that is new begins with the oldest request, so that the first one is not lost while the
   * group forms; the listener passes over those that are too old. (Kafka's {@code by_duration}
   * would do it, but its client stalls for half a minute on a topic that is empty.) The topic is
   * found soon after it is made.
   */
  private static Map<String, Object> consumerProperties(KafkaSettings kafka) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + "-capture-preflight");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, QUEUED);
    return properties;
  }
}
