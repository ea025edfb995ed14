package dev.lockstep.apply.lag;

import dev.lockstep.apply.pipeline.Polled;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * When the records that were polled were published to Kafka. Each partition is told of by the one
 * consumer thread that owns it, and asked for by any.
 */
public final class Arrivals {
  private static final int MOST_POLLS = 64;

  private final Map<TopicPartition, Deque<Poll>> byPartition = new ConcurrentHashMap<>();

  /** One partition's records of a poll: their offsets, and when the outer ones were published. */
  private record Poll(long first, long last, long firstMillis, long lastMillis) {
    Poll and(Poll next) {
      return new Poll(first, next.last, firstMillis, next.lastMillis);
    }

    /** Between the two, by the offset. */
    long millisAt(long offset) {
      double share =
          last == first ? 0 : (double) (Math.max(offset, first) - first) / (last - first);
      return firstMillis + (long) (share * (lastMillis - firstMillis));
    }
  }

  /** Records were polled, those of one partition in the order of their offsets. */
  public void polled(List<Polled> parts) {
    parts.forEach(this::polled);
  }

  private void polled(Polled part) {
    ConsumerRecord<byte[], byte[]> first = part.records().getFirst();
    ConsumerRecord<byte[], byte[]> last = part.records().getLast();
    TopicPartition partition = part.partition();
    Deque<Poll> polls = byPartition.computeIfAbsent(partition, p -> new ArrayDeque<>());
    var poll = new Poll(first.offset(), last.offset(), first.timestamp(), last.timestamp());
    synchronized (polls) {
      while (!polls.isEmpty() && polls.getLast().last() >= poll.first()) {
        // They are read again.
        polls.removeLast();
      }
      boolean full = polls.size() == MOST_POLLS;
      polls.addLast(full ? polls.removeLast().and(poll) : poll);
    }
  }

  /**
   * About when the record at this offset was published, or the next one behind it; empty when it
   * was not polled. Nothing before it is asked for any more.
   */
  Optional<Instant> at(TopicPartition partition, long offset) {
    Deque<Poll> polls = byPartition.get(partition);
    if (polls == null) {
      return Optional.empty();
    }
    synchronized (polls) {
      while (!polls.isEmpty() && polls.getFirst().last() < offset) {
        polls.removeFirst();
      }
      return Optional.ofNullable(polls.peekFirst())
          .map(poll -> Instant.ofEpochMilli(poll.millisAt(offset)));
    }
  }

  /** Partitions are somebody else's now. */
  public void forget(Collection<TopicPartition> partitions) {
    partitions.forEach(byPartition::remove);
  }
}
