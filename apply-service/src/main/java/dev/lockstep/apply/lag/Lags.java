package dev.lockstep.apply.lag;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The lag of the owned partitions: measured by one thread at a time, asked for by any. */
public final class Lags {
  private final TopicEnds ends;
  private final Offsets offsets;
  private final Arrivals arrivals;
  private final InstantSource clock;
  private final Map<TopicPartition, Rate> rates = new HashMap<>();
  private final Map<TopicPartition, Unpolled> unpolled = new HashMap<>();
  private volatile Map<TopicPartition, Lag> lags = Map.of();
  private volatile Map<String, List<TopicPartition>> topics = Map.of();

  /** Records from this offset on wait in Kafka, and have for so long at least. */
  private record Unpolled(long next, Instant since) {}

  /** Nothing is measured yet. */
  public Lags(Admin admin, Offsets offsets, Arrivals arrivals, InstantSource clock) {
    this.ends = new TopicEnds(admin);
    this.offsets = offsets;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /** The lag of a partition, or null while it is not known. */
  public @Nullable Lag of(TopicPartition partition) {
    return lags.get(partition);
  }

  /** How many records of a topic wait, of its owned partitions together; NaN while not known. */
  public double records(String topic) {
    double records = Double.NaN;
    for (TopicPartition partition : topics.getOrDefault(topic, List.of())) {
      Lag lag = lags.get(partition);
      Progress progress = offsets.of(partition);
      if (lag != null && progress != null) {
        records = (Double.isNaN(records) ? 0 : records) + lag.records(progress);
      }
    }
    return records;
  }

  /** How long the oldest record of a topic has waited, in seconds; 0 when none waits. */
  public double seconds(String topic) {
    double seconds = Double.NaN;
    for (TopicPartition partition : topics.getOrDefault(topic, List.of())) {
      Lag lag = lags.get(partition);
      Progress progress = offsets.of(partition);
      if (lag != null && progress != null) {
        double waited = secondsSince(lag.oldestAt(progress));
        seconds = Double.isNaN(seconds) ? waited : Math.max(seconds, waited);
      }
    }
    return seconds;
  }

  private double secondsSince(@Nullable Instant instant) {
    return instant == null ? 0 : Math.max(0, clock.millis() - instant.toEpochMilli()) / 1_000.0;
  }

  /** Measures all; empty, or why some can't be. */
  public Optional<String> measure() {
    Set<TopicPartition> owned = offsets.snapshot().keySet();
    try {
      TopicEnds.Found ending = ends.ends(owned);
      TopicEnds.Found beginning = ends.begins(notBegun(owned));
      lags = lags(ending.offsets(), beginning.offsets());
      topics = lags.keySet().stream().collect(Collectors.groupingBy(TopicPartition::topic));
      rates.keySet().retainAll(owned);
      unpolled.keySet().retainAll(owned);
      return Optional.of(ending.problem() + beginning.problem()).filter(why -> !why.isEmpty());
    } catch (InterruptedException e) {
      // The service stops.
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private List<TopicPartition> notBegun(Collection<TopicPartition> owned) {
    return owned.stream()
        .filter(partition -> next(partition).filter(offset -> offset < 0).isPresent())
        .toList();
  }

  private Optional<Long> next(TopicPartition partition) {
    return Optional.ofNullable(offsets.of(partition)).map(Progress::nextOffset);
  }

  /** Progress is looked at after the ends, so that what keeps up has no lag. */
  private Map<TopicPartition, Lag> lags(
      Map<TopicPartition, Long> ending, Map<TopicPartition, Long> beginning) {
    Map<TopicPartition, Lag> measured = new HashMap<>();
    ending.forEach(
        (partition, end) -> {
          Progress progress = offsets.of(partition);
          Long begin = beginning.getOrDefault(partition, -1L);
          if (progress != null && Math.max(begin, progress.nextOffset()) >= 0) {
            long next = Math.max(begin, progress.nextOffset());
            Rate rate = rates.computeIfAbsent(partition, p -> new Rate());
            Double perSecond = rate.at(clock.millis(), progress.recordsRead());
            Instant oldest = end <= next ? null : oldest(partition, next);
            measured.put(partition, new Lag(next, end, oldest, perSecond));
          }
        });
    return measured;
  }

  private Instant oldest(TopicPartition partition, long next) {
    return arrivals.at(partition, next).orElseGet(() -> unpolledSince(partition, next));
  }

  /** When it was published can't be told, as it was not read; it was there when it was seen. */
  private Instant unpolledSince(TopicPartition partition, long next) {
    Unpolled known = unpolled.get(partition);
    if (known == null || known.next() != next) {
      known = new Unpolled(next, clock.instant());
      unpolled.put(partition, known);
    }
    return known.since();
  }
}
