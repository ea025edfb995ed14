package dev.lockstep.apply.replay;

import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.quarantine.DeadLetters;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Into;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds the records that a replay is for. */
final class RecordSources {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final KafkaSettings kafka;

  RecordSources(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * Those of a request.
   *
   * @param topics the topics with the table's records
   * @throws TableFault when it can't be carried out as it is asked for
   */
  Records of(ReplayRequest request, Set<String> topics) {
    return switch (request.source()) {
      case TOPIC ->
          new KafkaRecords(
              kafka, consumer -> starts(request, topics, consumer), "none", all -> all);
      case DEAD_LETTERS -> {
        String quarantine = kafka.topics().deadLetters();
        Set<Long> wanted = Set.copyOf(request.deadLetters());
        yield new KafkaRecords(
            kafka,
            consumer ->
                KafkaRecords.partitions(consumer, Set.of(quarantine)).stream()
                    .collect(Collectors.toMap(partition -> partition, partition -> 0L)),
            "earliest",
            letters -> origins(letters, topics, wanted));
      }
    };
  }

  private static Map<TopicPartition, Long> starts(
      ReplayRequest request, Set<String> topics, KafkaConsumer<?, ?> consumer) {
    List<TopicPartition> partitions = KafkaRecords.partitions(consumer, topics);
    if (!request.fromOffsets().isEmpty()) {
      return fromOffsets(request, partitions, consumer);
    }
    if (request.fromTime() != null) {
      return fromTime(request.fromTime().toEpochMilli(), partitions, consumer);
    }
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, LIMIT);
    if (request.into() == Into.NEW_TABLE) {
      begins.forEach(RecordSources::checkWhole);
    }
    return begins;
  }

  private static void checkWhole(TopicPartition partition, long begin) {
    if (begin > 0) {
      throw new TableFault(
          "Kafka's retention has deleted the first %d offsets of %s, so a table that is filled from it would lack rows. Take a snapshot of the table instead, or ask for the replay from this offset, which leaves them out"
              .formatted(begin, partition));
    }
  }

  private static Map<TopicPartition, Long> fromOffsets(
      ReplayRequest request, List<TopicPartition> partitions, KafkaConsumer<?, ?> consumer) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, LIMIT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
    Map<TopicPartition, Long> starts = new HashMap<>();
    Set<Integer> unknown = new TreeSet<>(request.fromOffsets().keySet());
    for (TopicPartition partition : partitions) {
      Long offset = request.fromOffsets().get(partition.partition());
      unknown.remove(partition.partition());
      if (offset != null) {
        checkThere(partition, offset, begins.get(partition), ends.get(partition));
        starts.put(partition, offset);
      }
    }
    if (!unknown.isEmpty()) {
      throw new TableFault(
          "There is no partition %s: there are %s. Ask for the replay again with these"
              .formatted(unknown, partitions));
    }
    return starts;
  }

  private static void checkThere(
      TopicPartition partition, long offset, @Nullable Long begin, @Nullable Long end) {
    if (begin == null || end == null || offset < begin || offset > end) {
      throw new TableFault(
          "Offset %d is not in %s, which has %s to %s. Ask for the replay again with one of these"
              .formatted(offset, partition, begin, end));
    }
  }

  /** A partition without a record since then has none to read. */
  private static Map<TopicPartition, Long> fromTime(
      long millis, List<TopicPartition> partitions, KafkaConsumer<?, ?> consumer) {
    Map<TopicPartition, Long> times =
        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> millis));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, LIMIT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      starts.put(
          partition, first == null ? Objects.requireNonNull(ends.get(partition)) : first.offset());
    }
    return starts;
  }

  private static List<ConsumerRecord<byte[], byte[]>> origins(
      List<ConsumerRecord<byte[], byte[]>> letters, Set<String> topics, Set<Long> wanted) {
    return letters.stream()
        .filter(letter -> wanted.isEmpty() || wanted.contains(letter.offset()))
        .flatMap(letter -> origin(letter, topics).stream())
        .toList();
  }

  private static Optional<ConsumerRecord<byte[], byte[]>> origin(
      ConsumerRecord<byte[], byte[]> letter, Set<String> topics) {
    return DeadLetters.origin(letter).filter(origin -> topics.contains(origin.topic()));
  }
}
