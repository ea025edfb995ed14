package dev.lockstep.system.suite;

import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic as another consumer would: committed records only. */
public final class CommittedEvents {
  private CommittedEvents() {}

  /** Shows every committed record of a topic, partition by partition in order. */
  public static void read(
      KafkaSettings settings, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (var consumer = consumer(settings)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      while (!partitions.stream()
          .allMatch(partition -> consumer.position(partition) >= end.get(partition))) {
        consumer.poll(Duration.ofMillis(500)).forEach(each);
      }
    }
  }

  /** How far a topic is written: the offsets after the last committed records, added up. */
  public static long end(KafkaSettings settings, String topic) {
    try (var consumer = consumer(settings)) {
      return consumer.endOffsets(partitions(consumer, topic)).values().stream()
          .mapToLong(offset -> offset)
          .sum();
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings settings) {
    Map<String, Object> properties = settings.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", false);
    properties.put("key.deserializer", ByteArrayDeserializer.class);
    properties.put("value.deserializer", ByteArrayDeserializer.class);
    return new KafkaConsumer<>(properties);
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic, Duration.ofSeconds(60)).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }
}
