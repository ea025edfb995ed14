package dev.lockstep.apply.intake;

import dev.lockstep.apply.settings.ApplySettings;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.support.Acknowledgment;

/** Makes the Spring Kafka containers that poll for the intake. */
final class Listeners {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);
  private static final long POLL_MILLIS = 50;

  /** A larger record is fetched all the same. More at once are more to hold, and no faster. */
  private static final int PARTITION_BYTES = 1024 * 1024;

  private final KafkaSettings kafka;
  private final ApplySettings settings;

  Listeners(KafkaSettings kafka, ApplySettings settings) {
    this.kafka = kafka;
    this.settings = settings;
  }

  /** A container, not yet started, that reads these topics. */
  ConcurrentMessageListenerContainer<byte[], byte[]> container(
      Subscription subscription, Intakes intakes) {
    var container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<byte[], byte[]>(consumerProperties()),
            containerProperties(subscription, intakes));
    container.setBeanName("apply");
    container.setConcurrency(settings.concurrency());
    container.setCommonErrorHandler(new PollFaults(intakes));
    container.setApplicationEventPublisher(
        event -> {
          if (event instanceof ListenerContainerIdleEvent idle) {
            intakes.of(idle.getConsumer()).idle(idle.getConsumer());
          }
        });
    return container;
  }

  private ContainerProperties containerProperties(Subscription subscription, Intakes intakes) {
    var properties = new ContainerProperties(subscription.pattern());
    properties.setAckMode(AckMode.MANUAL);
    properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
    properties.setMissingTopicsFatal(false);
    properties.setPollTimeout(POLL_MILLIS);
    properties.setIdleEventInterval(POLL_MILLIS);
    properties.setIdleBeforeDataMultiplier(1.0);
    properties.setShutdownTimeout(settings.clickhouse().requestTimeout().plusSeconds(5).toMillis());
    properties.setMessageListener(new Batches(intakes));
    properties.setConsumerRebalanceListener(new Handover(intakes));
    return properties;
  }

  private Map<String, Object> consumerProperties() {
    Map<String, Object> properties = kafka.clientProperties();
    int fetchBytes = Math.toIntExact(settings.maxBatchBytes().toBytes());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.consumerGroup());
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 1_000);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxBatchRecords());
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes);
    properties.put(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Math.min(fetchBytes, PARTITION_BYTES));
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        Math.toIntExact(Duration.ofMinutes(10).toMillis()));
    return properties;
  }

  private record Batches(Intakes intakes)
      implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {
    @Override
    public void onMessage(
        List<ConsumerRecord<byte[], byte[]>> records,
        @Nullable Acknowledgment acknowledgment,
        @Nullable Consumer<?, ?> given) {
      Consumer<?, ?> consumer = Objects.requireNonNull(given, "consumer");
      Intake intake = intakes.of(consumer);
      try {
        intake.take(records, consumer);
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("Applying a poll failed unexpectedly; it is taken back");
        intake.takeBack(records, consumer, e);
      }
    }
  }

  private record Handover(Intakes intakes) implements ConsumerAwareRebalanceListener {
    @Override
    public void onPartitionsRevokedBeforeCommit(
        Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      intakes.of(consumer).handOver(consumer, partitions);
    }

    @Override
    public void onPartitionsAssigned(
        Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      intakes.of(consumer).receive(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      intakes.of(consumer).lose(consumer, partitions);
    }
  }
}
