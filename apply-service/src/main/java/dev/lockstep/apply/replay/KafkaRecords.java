package dev.lockstep.apply.replay;

import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.apply.pipeline.Polled;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Records of Kafka, read beside the group that applies them. */
final class KafkaRecords implements Records {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int FETCH_BYTES = 8 * 1024 * 1024;
  private static final int PARTITION_BYTES = 1024 * 1024;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final UnaryOperator<List<ConsumerRecord<byte[], byte[]>>> meant;
  private final Map<TopicPartition, Long> kept = new HashMap<>();
  private Map<TopicPartition, Long> ends = Map.of();

  /** Where to begin in each partition that is to be read. */
  interface Start extends Function<KafkaConsumer<?, ?>, Map<TopicPartition, Long>> {}

  /**
   * From there on.
   *
   * @param reset where to go on when Kafka has deleted what was to be read: {@code earliest}, or
   *     {@code none} to fail
   * @param meant what becomes of the records of a poll: those that are meant
   * @throws TransientFault when Kafka can't tell now
   */
  KafkaRecords(
      KafkaSettings kafka,
      Start start,
      String reset,
      UnaryOperator<List<ConsumerRecord<byte[], byte[]>>> meant) {
    this.consumer = asking(() -> new KafkaConsumer<>(properties(kafka, reset)));
    this.meant = meant;
    boolean begun = false;
    try {
      kept.putAll(asking(() -> start.apply(consumer)));
      consumer.assign(kept.keySet());
      kept.forEach(consumer::seek);
      extend();
      begun = true;
    } finally {
      if (!begun) {
        consumer.close();
      }
    }
  }

  private static Map<String, Object> properties(KafkaSettings kafka, String reset) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
    return properties;
  }

  /** All partitions of topics. */
  static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      @Nullable List<PartitionInfo> known = consumer.partitionsFor(topic, LIMIT);
      // A topic that was deleted has no records.
      for (PartitionInfo partition : known == null ? List.<PartitionInfo>of() : known) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    return partitions;
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (OffsetOutOfRangeException e) {
      throw new TableFault(
          "Kafka's retention has deleted records before they were read: "
              + e.offsetOutOfRangePartitions()
              + ". Take a snapshot of the table instead",
          e);
    } catch (KafkaException e) {
      throw new TransientFault(Reach.TABLE, "Kafka can't be asked now: " + e, e);
    }
  }

  @Override
  public List<Polled> poll(Duration limit) {
    return asking(
        () -> {
          List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
          consumer.poll(limit).forEach(records::add);
          return Polled.of(meant.apply(records));
        });
  }

  @Override
  public void keep() {
    asking(
        () -> {
          kept.replaceAll((partition, before) -> consumer.position(partition, LIMIT));
          return kept;
        });
  }

  @Override
  public void goBack() {
    kept.forEach(consumer::seek);
  }

  @Override
  public long left() {
    return asking(
        () ->
            ends.entrySet().stream()
                .mapToLong(
                    end -> Math.max(0, end.getValue() - consumer.position(end.getKey(), LIMIT)))
                .sum());
  }

  @Override
  public void extend() {
    ends = asking(() -> consumer.endOffsets(kept.keySet(), LIMIT));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
