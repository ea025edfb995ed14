package dev.lockstep.apply.commit;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of the owned partitions and its way to Kafka. Each partition is changed by the one
 * consumer thread that owns it, and read by any thread. Progress is told here only once its rows
 * are in the target, so it may be committed at any time.
 */
public final class Offsets {
  private static final Logger log = LoggerFactory.getLogger(Offsets.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Map<TopicPartition, Progress> current = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Progress> committed = new ConcurrentHashMap<>();

  /** The progress of each owned partition. */
  public Map<TopicPartition, Progress> snapshot() {
    return Map.copyOf(current);
  }

  /** The topics of the owned partitions. */
  public Set<String> topics() {
    return current.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
  }

  /** The progress of a partition, or null while it is not known. */
  public @Nullable Progress of(TopicPartition partition) {
    return current.get(partition);
  }

  /** How many rows of a topic were applied, by its owned partitions together. */
  public long rowsApplied(String topic) {
    return current.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().rowsApplied())
        .sum();
  }

  /**
   * Reads back what was committed for partitions that came newly, and says which these are.
   *
   * @param gone those that the consumer counts as its own still, and that are somebody else's
   */
  public Set<TopicPartition> restore(Consumer<?, ?> consumer, Set<TopicPartition> gone) {
    Set<TopicPartition> unknown = new HashSet<>(consumer.assignment());
    unknown.removeAll(gone);
    unknown.removeAll(current.keySet());
    if (unknown.isEmpty()) {
      return Set.of();
    }
    try {
      Map<TopicPartition, OffsetAndMetadata> found = consumer.committed(unknown, LIMIT);
      for (TopicPartition partition : unknown) {
        OffsetAndMetadata offset = found.get(partition);
        Progress progress =
            offset == null ? Progress.NONE : Progress.of(offset.offset(), offset.metadata());
        committed.put(partition, progress);
        current.put(partition, progress);
      }
      return unknown;
    } catch (RetriableException | WakeupException e) {
      log.atWarn().setCause(e).log("Committed offsets can't be read yet; trying again");
      return Set.of();
    }
  }

  /** Tells that everything before this progress is in the target or in quarantine. */
  public void advance(TopicPartition partition, Progress progress) {
    current.put(partition, progress);
  }

  /**
   * Moves over what is not a record, such as the marker of a transaction.
   *
   * @param partitions of which everything that was polled has been applied
   */
  public void followPositions(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      long position = consumer.position(partition, LIMIT);
      current.computeIfPresent(partition, (p, progress) -> progress.at(position));
    }
  }

  /**
   * The partitions that are read and whose consumer stands behind the next record to apply.
   *
   * @param among which of them are asked for
   */
  public Set<TopicPartition> passed(Consumer<?, ?> consumer, Predicate<TopicPartition> among) {
    Set<TopicPartition> passed = new HashSet<>(consumer.assignment());
    passed.removeAll(consumer.paused());
    passed.retainAll(current.keySet());
    passed.removeIf(p -> !among.test(p) || consumer.position(p, LIMIT) <= nextOffset(p));
    return passed;
  }

  private long nextOffset(TopicPartition partition) {
    return current.getOrDefault(partition, Progress.NONE).nextOffset();
  }

  /** Commits what is not committed yet; what can't be committed now is at the next call. */
  public void commit(Consumer<?, ?> consumer) {
    Map<TopicPartition, Progress> changed = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      Progress progress = current.get(partition);
      if (progress != null
          && progress.nextOffset() >= 0
          && !progress.equals(committed.get(partition))) {
        changed.put(partition, progress);
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    changed.forEach(
        (p, to) -> offsets.put(p, new OffsetAndMetadata(to.nextOffset(), to.metadata())));
    try {
      consumer.commitSync(offsets, LIMIT);
      committed.putAll(changed);
    } catch (CommitFailedException
        | RebalanceInProgressException
        | RetriableException
        | WakeupException e) {
      log.atWarn().setCause(e).log("Offsets can't be committed now; they are with the next ones");
    }
  }

  /** Forgets partitions that somebody else owns now. */
  public void forget(Collection<TopicPartition> partitions) {
    partitions.forEach(current::remove);
    partitions.forEach(committed::remove);
  }
}
