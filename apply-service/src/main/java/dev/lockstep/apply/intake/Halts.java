package dev.lockstep.apply.intake;

import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.common.control.TablePartitionStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which partitions wait for a fault to pass, and when they are tried again. */
public final class Halts {
  private static final Logger log = LoggerFactory.getLogger(Halts.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int MOST_DOUBLINGS = 16;

  private final Map<TopicPartition, Halt> halts = new ConcurrentHashMap<>();
  private final Duration retryLimit;
  private final Duration failedRetryInterval;
  private final InstantSource clock;

  /**
   * Why a partition waits.
   *
   * @param state whether it passes by itself
   * @param reason what is wrong and the way out
   * @param attempts how many tries have failed in a row
   * @param since when the first of them did
   * @param retryAtMillis when the next try is due
   */
  public record Halt(State state, String reason, int attempts, Instant since, long retryAtMillis) {}

  /** With the longest pause before a retry, and that of tables that failed. */
  public Halts(Duration retryLimit, Duration failedRetryInterval, InstantSource clock) {
    this.retryLimit = retryLimit;
    this.failedRetryInterval = failedRetryInterval;
    this.clock = clock;
  }

  /** Why a partition waits, or null when it does not. */
  public @Nullable Halt of(TopicPartition partition) {
    return halts.get(partition);
  }

  /** Why partitions wait, for those that do. */
  public Map<TopicPartition, Halt> all() {
    return Map.copyOf(halts);
  }

  /** Whether the next try of a partition is due, or it does not wait at all. */
  boolean isDue(TopicPartition partition) {
    Halt halt = halts.get(partition);
    return halt == null || halt.retryAtMillis() <= clock.millis();
  }

  /** Has them wait; returns the state that they are in now. */
  State halt(String topic, Collection<TopicPartition> partitions, ApplyFault fault) {
    boolean changed = false;
    for (TopicPartition partition : partitions) {
      Halt before = halts.get(partition);
      Halt halt = next(before, fault);
      halts.put(partition, halt);
      changed |= before == null || before.state() != halt.state();
    }
    if (changed) {
      log.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("reason", fault.reason())
          .log(fault instanceof TransientFault ? "A table waits" : "A table stopped");
    }
    return state(fault);
  }

  void goOn(String topic, Collection<TopicPartition> partitions) {
    boolean changed = false;
    for (TopicPartition partition : partitions) {
      changed |= halts.remove(partition) != null;
    }
    if (changed) {
      log.atInfo().addKeyValue("topic", topic).log("A table goes on");
    }
  }

  /** A topic that waits does so with all its partitions, those that came later too. */
  void spread(Collection<TopicPartition> partitions) {
    partitions.stream()
        .map(halts::get)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .ifPresent(halt -> partitions.forEach(p -> halts.putIfAbsent(p, halt)));
  }

  void forget(Collection<TopicPartition> partitions) {
    partitions.forEach(halts::remove);
  }

  private static State state(ApplyFault fault) {
    return switch (fault) {
      case TransientFault _ -> State.RETRYING;
      case TableFault _, RecordFault _ -> State.FAILED;
    };
  }

  private Halt next(@Nullable Halt before, ApplyFault fault) {
    int attempts = before == null ? 1 : before.attempts() + 1;
    State state = state(fault);
    long pause = state == State.FAILED ? failedRetryInterval.toMillis() : pause(attempts);
    Instant since = before == null ? clock.instant() : before.since();
    return new Halt(state, fault.reason(), attempts, since, clock.millis() + pause);
  }

  private long pause(int attempts) {
    long doubled = FIRST_PAUSE_MILLIS << Math.min(attempts - 1, MOST_DOUBLINGS);
    return Math.min(doubled, retryLimit.toMillis());
  }
}
