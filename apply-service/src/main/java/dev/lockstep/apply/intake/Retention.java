package dev.lockstep.apply.intake;

import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.apply.pipeline.Polled;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Finds what Kafka deleted before it was applied; the consumer by itself goes on behind it without
 * a word.
 */
final class Retention {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Positions positions;

  /** Compares with what is to be taken next. */
  Retention(Positions positions) {
    this.positions = positions;
  }

  /** The partitions whose first record of a poll is not the next one to apply. */
  Set<TopicPartition> skipped(List<Polled> polled) {
    Set<TopicPartition> seen = new HashSet<>();
    Set<TopicPartition> skipped = new HashSet<>();
    for (Polled part : polled) {
      if (seen.add(part.partition()) && part.firstOffset() > positions.next(part.partition())) {
        skipped.add(part.partition());
      }
    }
    return skipped;
  }

  /**
   * The topics that lost records, each to be halted, and why.
   *
   * @throws TransientFault when Kafka can't tell now
   */
  Map<String, ApplyFault> losses(Consumer<?, ?> consumer, Collection<TopicPartition> suspects) {
    Map<TopicPartition, Long> begins = begins(consumer, suspects);
    Map<String, Map<TopicPartition, Long>> lost = new TreeMap<>();
    begins.forEach(
        (partition, begin) -> {
          long next = positions.next(partition);
          if (next < begin) {
            lost.computeIfAbsent(partition.topic(), t -> new HashMap<>()).put(partition, next);
          }
        });
    Map<String, ApplyFault> faults = new HashMap<>();
    String group = consumer.groupMetadata().groupId();
    lost.forEach(
        (topic, at) -> {
          at.forEach(consumer::seek);
          faults.put(topic, fault(topic, at, begins, group));
        });
    return faults;
  }

  /** Where the partitions begin of which something was applied before. */
  private Map<TopicPartition, Long> begins(
      Consumer<?, ?> consumer, Collection<TopicPartition> suspects) {
    Set<TopicPartition> known =
        suspects.stream().filter(p -> positions.next(p) >= 0).collect(Collectors.toSet());
    if (known.isEmpty()) {
      return Map.of();
    }
    try {
      return consumer.beginningOffsets(known, LIMIT);
    } catch (RetriableException | WakeupException e) {
      throw new TransientFault(Reach.TABLE, "Kafka can't tell now where its topics begin: " + e, e);
    }
  }

  private static TableFault fault(
      String topic,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> begins,
      String group) {
    String gaps =
        from.entrySet().stream()
            .map(
                gap ->
                    gap(
                        gap.getKey().partition(),
                        gap.getValue(),
                        begins.getOrDefault(gap.getKey(), 0L)))
            .sorted()
            .collect(Collectors.joining(", "));
    return new TableFault(
        "Kafka's retention has deleted offsets of topic %s before they were applied: %s. To accept the"
                .formatted(topic, gaps)
            + " gap, stop apply-service, run kafka-consumer-groups.sh --bootstrap-server <Kafka>"
            + " --group %s --topic %s --reset-offsets --to-earliest --execute, and start it again;"
                .formatted(group, topic)
            + " then mend the rows by a new snapshot under another connector name");
  }

  private static String gap(int partition, long from, long begin) {
    return "%d of partition %d (%d to %d)".formatted(begin - from, partition, from, begin - 1);
  }
}
