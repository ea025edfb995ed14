package dev.lockstep.apply.intake;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.pipeline.Polled;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which record of each partition is to be taken next: behind those that are on the way, or where
 * applying stands when none are. For the consumer's thread.
 */
final class Positions {
  private final Offsets offsets;
  private final Map<TopicPartition, Long> taken = new HashMap<>();

  private final Set<TopicPartition> owed = new HashSet<>();

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
  void take(List<Polled> polled) {
    for (Polled part : polled) {
      begun.putIfAbsent(part.partition(), part.firstOffset());
      taken.put(part.partition(), part.nextOffset());
    }
  }

  /**
   * Nothing of a topic is on the way any more: what is not applied is owed, to be read again once
   * the consumer has gone back.
   */
  void owe(String topic) {
    taken.keySet().removeIf(partition -> partition.topic().equals(topic) && owed.add(partition));
  }

  /**
   * Has the consumer go back to what is owed. What a call does not get done is done by the next.
   */
  void goBack(Consumer<?, ?> consumer) {
    for (TopicPartition partition : Set.copyOf(owed)) {
      long next = applied(partition);
      if (next >= 0 && consumer.assignment().contains(partition)) {
        consumer.seek(partition, next);
      }
      owed.remove(partition);
    }
  }

  /** Whether a partition's records stand behind what is to be read again. */
  boolean isOwed(TopicPartition partition) {
    return owed.contains(partition);
  }

  /** The consumer goes to the next offset of each partition that it reads. */
  void rewind(Consumer<?, ?> consumer) {
    Set<TopicPartition> partitions = new HashSet<>(consumer.assignment());
    partitions.removeAll(consumer.paused());
    // Those whose committed offsets are not read yet are refused, and sought when they are.
    partitions.removeIf(partition -> offsets.of(partition) == null);
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
    partitions.forEach(owed::remove);
  }
}
