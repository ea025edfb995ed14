package dev.lockstep.apply.intake;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.apply.lag.Arrivals;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.pipeline.Pipeline;
import dev.lockstep.apply.pipeline.Polled;
import dev.lockstep.apply.pipeline.Settled;
import dev.lockstep.apply.write.ResetRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what one consumer polled into its pipeline, and commits what has come out of it. A topic
 * that could not be applied is sought back to and paused, so that the others go on; so is polled
 * what there is no room for. Everything here runs on the consumer's own thread.
 */
final class Intake implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration ROOM_LIMIT = Duration.ofSeconds(1);

  /** Kafka's consumer polls without a rest while it holds records of paused partitions. */
  private static final Duration REST = Duration.ofMillis(100);

  /**
   * How long inserts of tables that are reset are waited for at a time, while nothing is polled.
   */
  private static final Duration RESET_LIMIT = Duration.ofMillis(500);

  private static final long COMMIT_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

  private final Pipeline pipeline;
  private final Offsets offsets;
  private final Halts halts;
  private final ResetRun resets;
  private final Arrivals arrivals;
  private final ApplyMeters meters;
  private final Positions positions;
  private final Retention retention;
  private final Duration drainLimit;
  private final Set<TopicPartition> gone = new HashSet<>();
  private long committedNanos = System.nanoTime();
  private long lookedNanos = System.nanoTime();
  private boolean mustRewind;

  /**
   * Over these.
   *
   * @param drainLimit how long what is on the way is waited for before partitions are given away
   */
  Intake(
      Pipeline pipeline,
      ResetRun resets,
      Offsets offsets,
      Halts halts,
      Arrivals arrivals,
      ApplyMeters meters,
      Duration drainLimit) {
    this.pipeline = pipeline;
    this.resets = resets;
    this.offsets = offsets;
    this.halts = halts;
    this.arrivals = arrivals;
    this.meters = meters;
    this.drainLimit = drainLimit;
    this.positions = new Positions(offsets);
    this.retention = new Retention(positions);
  }

  /** Takes all records of one poll. */
  void take(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
    long polledNanos = System.nanoTime();
    if (mustRewind) {
      readAgain(consumer);
      return;
    }
    List<Polled> parts = Polled.of(records);
    arrivals.polled(parts);
    Set<TopicPartition> suspects = new HashSet<>(offsets.restore(consumer, gone));
    suspects.addAll(retention.skipped(parts));
    settle(consumer);
    try {
      Map<String, ApplyFault> held = held(consumer, suspects);
      byTopic(parts)
          .forEach(
              (topic, of) -> {
                ApplyFault fault = held.get(topic);
                if (fault != null) {
                  refuse(of, fault, consumer);
                } else if (isHalted(topic, consumer)) {
                  putOff(topic, of, consumer);
                } else {
                  offer(topic, of, polledNanos, consumer);
                }
              });
    } catch (TransientFault e) {
      refuse(parts, e, consumer);
    }
    settle(consumer);
    commit(consumer);
    holdBack(consumer);
    resumeDue(consumer);
  }

  /** Their topic has failed since the poll began: they stand behind what is read again. */
  private void putOff(String topic, List<Polled> parts, Consumer<?, ?> consumer) {
    goBack(parts, consumer);
    Set<TopicPartition> partitions = of(topic, consumer.assignment());
    consumer.pause(partitions);
    halts.spread(partitions);
  }

  private static Map<String, List<Polled>> byTopic(List<Polled> parts) {
    Map<String, List<Polled>> topics = new LinkedHashMap<>();
    for (Polled part : parts) {
      topics.computeIfAbsent(part.topic(), topic -> new ArrayList<>()).add(part);
    }
    return topics;
  }

  private void offer(String topic, List<Polled> parts, long polledNanos, Consumer<?, ?> consumer) {
    if (!parts.stream().allMatch(part -> offsets.of(part.partition()) != null)) {
      String reason = "The committed offsets of " + topic + " are not read yet";
      refuse(parts, new TransientFault(Reach.TABLE, reason), consumer);
      return;
    }
    positions.take(parts);
    meters.of(topic).read(parts.stream().mapToInt(part -> part.records().size()).sum());
    pipeline.offer(topic, parts, polledNanos);
  }

  /** The topics of which nothing may be taken now, and why. */
  private Map<String, ApplyFault> held(
      Consumer<?, ?> consumer, Collection<TopicPartition> suspects) {
    Map<String, ApplyFault> held = new HashMap<>(carryOutResets(consumer));
    held.putAll(retention.losses(consumer, suspects));
    held.forEach((topic, fault) -> halt(topic, fault, consumer));
    return held;
  }

  /** The topics whose void rows can't be deleted now; the others' are. */
  private Map<String, ApplyFault> carryOutResets(Consumer<?, ?> consumer) {
    Set<TopicPartition> read = new HashSet<>(consumer.assignment());
    read.removeAll(consumer.paused());
    Set<String> due = resets.due(read);
    if (due.isEmpty()) {
      return Map.of();
    }
    Set<String> busy = pipeline.drain(due, RESET_LIMIT);
    settle(consumer);
    Map<String, ApplyFault> held = new HashMap<>();
    @Nullable ApplyFault target = null;
    for (String topic : due) {
      if (target != null) {
        held.put(topic, target);
        continue;
      }
      if (busy.contains(topic)) {
        String reason = "Rows of a reset table are on their way still";
        held.put(topic, new TransientFault(Reach.TABLE, reason));
      } else if (pipeline.isSettled(topic) && !isHalted(topic, consumer)) {
        Optional<ApplyFault> fault = resets.carryOut(topic, of(topic, read));
        fault.ifPresentOrElse(
            found -> held.put(topic, found), () -> halts.goOn(topic, of(topic, read)));
        target = fault.filter(Intake::isOfTarget).orElse(null);
      }
    }
    return held;
  }

  private static boolean isOfTarget(ApplyFault fault) {
    return fault instanceof TransientFault passing && passing.reach() == Reach.TARGET;
  }

  /** Whether it has failed, and waits for its next try. */
  private boolean isHalted(String topic, Consumer<?, ?> consumer) {
    return consumer.paused().stream().anyMatch(p -> p.topic().equals(topic) && halts.of(p) != null);
  }

  private static Set<TopicPartition> of(String topic, Collection<TopicPartition> partitions) {
    return partitions.stream().filter(p -> p.topic().equals(topic)).collect(Collectors.toSet());
  }

  /** Takes back a poll that could not be taken for a reason of which nothing is known. */
  void takeBack(
      List<ConsumerRecord<byte[], byte[]>> records,
      Consumer<?, ?> consumer,
      RuntimeException cause) {
    var fault = new TransientFault(Reach.TARGET, "Unexpected while applying: " + cause, cause);
    List<Polled> parts = Polled.of(records);
    mustRewind = true;
    for (String topic : byTopic(parts).keySet()) {
      pipeline.forget(topic);
      positions.owe(topic);
    }
    positions.goBack(consumer);
    refuse(parts, fault, consumer);
    mustRewind = false;
  }

  /** They are polled again later; what was taken before goes on. */
  private void refuse(List<Polled> parts, ApplyFault fault, Consumer<?, ?> consumer) {
    goBack(parts, consumer);
    byTopic(parts).keySet().forEach(topic -> halt(topic, fault, consumer));
  }

  /** The consumer goes back to the first of them that was not taken. */
  private void goBack(List<Polled> parts, Consumer<?, ?> consumer) {
    Set<TopicPartition> sought = new HashSet<>();
    for (Polled part : parts) {
      if (sought.add(part.partition())) {
        long next = positions.next(part.partition());
        consumer.seek(part.partition(), next < 0 ? part.firstOffset() : next);
      }
    }
  }

  private void halt(String topic, ApplyFault fault, Consumer<?, ?> consumer) {
    Set<TopicPartition> partitions = of(topic, consumer.assignment());
    consumer.pause(partitions);
    note(topic, partitions, fault);
  }

  private void note(String topic, Set<TopicPartition> partitions, ApplyFault fault) {
    meters.of(topic).halted(halts.halt(topic, partitions, fault));
  }

  /**
   * To be called when a poll failed: it may have moved the consumer past records that it never gave
   * out.
   */
  void readAgain(Consumer<?, ?> consumer) {
    mustRewind = true;
    offsets.restore(consumer, gone);
    settle(consumer);
    positions.rewind(consumer);
    mustRewind = false;
  }

  /** To be called often while nothing is polled. */
  void idle(Consumer<?, ?> consumer) {
    if (mustRewind) {
      readAgain(consumer);
      return;
    }
    settle(consumer);
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_NANOS) {
      look(consumer);
      lookedNanos = now;
    }
    commit(consumer);
    holdBack(consumer);
    resumeDue(consumer);
    if (!consumer.paused().isEmpty()) {
      pipeline.rest(REST);
    }
  }

  /** Asks after every partition, which is not done as often as there is nothing to poll. */
  private void look(Consumer<?, ?> consumer) {
    Set<TopicPartition> suspects = new HashSet<>(offsets.restore(consumer, gone));
    Set<TopicPartition> passed = offsets.passed(consumer, p -> pipeline.isSettled(p.topic()));
    suspects.addAll(passed);
    try {
      Map<String, ApplyFault> held = held(consumer, suspects);
      passed.removeIf(p -> held.containsKey(p.topic()) || !pipeline.isSettled(p.topic()));
      offsets.followPositions(consumer, passed);
      passed.forEach(positions::settle);
    } catch (TransientFault e) {
      log.atWarn().setCause(e).log("Positions can't be followed now; trying again");
    }
  }

  /**
   * Moves progress by what has come out of the pipeline. All is noted before the consumer is
   * called, which may fail.
   */
  private void settle(Consumer<?, ?> consumer) {
    List<Settled> all = pipeline.collect();
    if (all.isEmpty()) {
      positions.goBack(consumer);
      return;
    }
    Set<TopicPartition> assignment = consumer.assignment();
    Set<TopicPartition> stopped = new HashSet<>();
    for (Settled settled : all) {
      for (Map<TopicPartition, Tally> block : settled.blocks()) {
        block.forEach((partition, tally) -> advance(partition, tally, settled.atMillis()));
      }
      ApplyFault fault = settled.fault();
      Set<TopicPartition> partitions = of(settled.topic(), assignment);
      if (fault == null) {
        halts.goOn(settled.topic(), partitions);
      } else {
        positions.owe(settled.topic());
        note(settled.topic(), partitions, fault);
        stopped.addAll(partitions);
      }
    }
    positions.goBack(consumer);
    consumer.pause(stopped);
  }

  private void advance(TopicPartition partition, Tally tally, long atMillis) {
    Progress before = offsets.of(partition);
    if (before != null) {
      offsets.advance(partition, tally.onto(before, atMillis));
      meters.of(partition.topic()).settled(tally);
    }
  }

  /** Not after each poll, as it costs a request. */
  private void commit(Consumer<?, ?> consumer) {
    long now = System.nanoTime();
    if (now - committedNanos >= COMMIT_NANOS) {
      offsets.commit(consumer);
      committedNanos = now;
    }
  }

  /**
   * Polls no more while there is no room. It is waited for here, not by pausing, as the rest of a
   * second in which ClickHouse works is better spent without looking for records.
   */
  private void holdBack(Consumer<?, ?> consumer) {
    Set<TopicPartition> tooMuch = new HashSet<>(consumer.assignment());
    tooMuch.removeAll(consumer.paused());
    if (!pipeline.hasRoom()) {
      pipeline.awaitRoom(ROOM_LIMIT);
      settle(consumer);
    }
    if (pipeline.hasRoom()) {
      tooMuch.removeIf(partition -> !pipeline.isCrowding(partition.topic()));
    }
    if (!tooMuch.isEmpty()) {
      consumer.pause(tooMuch);
    }
  }

  private void resumeDue(Consumer<?, ?> consumer) {
    if (!pipeline.hasRoom()) {
      return;
    }
    List<TopicPartition> due =
        consumer.paused().stream()
            .filter(halts::isDue)
            .filter(partition -> !pipeline.isCrowding(partition.topic()))
            .toList();
    if (due.isEmpty()) {
      return;
    }
    try {
      Map<String, ApplyFault> losses = retention.losses(consumer, halted(due));
      losses.forEach((topic, loss) -> halt(topic, loss, consumer));
      consumer.resume(due.stream().filter(p -> !losses.containsKey(p.topic())).toList());
    } catch (TransientFault e) {
      log.atWarn().setCause(e).log("Paused tables can't be resumed now; trying again");
    }
  }

  /** Those that waited for a fault to pass, in which time Kafka may have deleted records. */
  private List<TopicPartition> halted(List<TopicPartition> partitions) {
    return partitions.stream().filter(partition -> halts.of(partition) != null).toList();
  }

  /** Before partitions go to another consumer. */
  void handOver(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    Set<String> busy = pipeline.drain(topics, drainLimit);
    settle(consumer);
    offsets.commit(consumer);
    busy.forEach(pipeline::forget);
    busy.forEach(positions::owe);
    forget(partitions);
    positions.goBack(consumer);
  }

  /**
   * Partitions that somebody else has already; what is on the way of their topics is left alone.
   */
  void lose(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    topics.forEach(pipeline::forget);
    topics.forEach(positions::owe);
    forget(partitions);
    positions.goBack(consumer);
  }

  /** Partitions that are this consumer's from now on. */
  void receive(Collection<TopicPartition> partitions) {
    forget(partitions);
    gone.removeAll(partitions);
  }

  /** The consumer counts them as its own for a while, in which nothing is known of them. */
  private void forget(Collection<TopicPartition> partitions) {
    gone.addAll(partitions);
    positions.forget(partitions);
    arrivals.forget(partitions);
    offsets.forget(partitions);
    halts.forget(partitions);
  }

  /** Empty while it works, else why not. */
  Optional<String> problem() {
    return pipeline.problem();
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
