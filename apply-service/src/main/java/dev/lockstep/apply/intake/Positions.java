package dev.lockstep.apply.intake;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which record of each partition is to be taken next: behind those that are on the way, or where
 * applying stands when none are. For the consumer's thread.
 */
final class Positions {
  private final Offsets offsets;
  private final Map<TopicPartition, Long> taken = new HashMap<>();

  /** Where a partition was begun of which nothing was ever applied. */
  private final Map<TopicPartition, Long> begun = new HashMap<>();

  Positions(Offsets offsets) {
    this.offsets = offsets;
  }

  /** The next offset to take, or -1 when a partition is to be read from its begin. */
  long next(TopicPartition partition) {
    Long behind = taken.get(partition);
    return behind == null ? applied(partition) : behind;
  }

  private long applied(TopicPartition partition) {
    Progress progress = offsets.of(partition);
    return progress == null || progress.nextOffset() < 0
        ? begun.getOrDefault(partition, -1L)
        : progress.nextOffset();
  }

  /** They are on the way. */
  void take(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      var partition = new TopicPartition(record.topic(), record.partition());
      begun.putIfAbsent(partition, record.offset());
      taken.put(partition, record.offset() + 1);
    }
  }

  /** Nothing of a topic is on the way any more: what is not applied is to be read again. */
  void goBack(String topic, Consumer<?, ?> consumer) {
    for (TopicPartition partition : consumer.assignment()) {
      if (partition.topic().equals(topic) && taken.remove(partition) != null) {
        long next = applied(partition);
        if (next >= 0) {
          consumer.seek(partition, next);
        }
      }
    }
  }

  /** The consumer goes to the next offset of each partition that it reads. */
  void rewind(Consumer<?, ?> consumer) {
    Set<TopicPartition> partitions = new HashSet<>(consumer.assignment());
    partitions.removeAll(consumer.paused());
    for (TopicPartition partition : partitions) {
      long next = next(partition);
      if (next < 0) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, next);
      }
    }
  }

  /** Applying has moved over what is no record; all that was taken is settled. */
  void settle(TopicPartition partition) {
    taken.remove(partition);
  }

  void forget(Collection<TopicPartition> partitions) {
    partitions.forEach(taken::remove);
    partitions.forEach(begun::remove);
  }
}
