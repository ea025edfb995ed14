package dev.lockstep.apply.intake;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.apply.write.Applier;
import dev.lockstep.apply.write.ResetRun;
import dev.lockstep.apply.write.TopicOutcome;
import dev.lockstep.apply.write.TopicOutcome.Applied;
import dev.lockstep.apply.write.TopicOutcome.Halted;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a consumer polled, has it applied, and commits. What could not be applied is sought
 * back to and its table paused, so that the other tables go on. Everything here runs on the
 * consumer's own thread.
 */
public final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final Applier applier;
  private final Offsets offsets;
  private final Halts halts;
  private final ResetRun resets;
  private final Retention retention;

  /** Over these. */
  public Intake(Applier applier, ResetRun resets, Offsets offsets, Halts halts) {
    this.applier = applier;
    this.resets = resets;
    this.offsets = offsets;
    this.halts = halts;
    this.retention = new Retention(offsets);
  }

  /** Takes all records of one poll. */
  public void take(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
    Set<TopicPartition> suspects = new HashSet<>(offsets.restore(consumer));
    suspects.addAll(retention.skipped(records));
    try {
      Map<String, Halted> held = new HashMap<>(carryOutResets(consumer));
      held.putAll(retention.losses(consumer, suspects));
      applyOthers(records, held, consumer);
    } catch (TransientFault e) {
      refuse(records, e, consumer);
    }
    offsets.commit(consumer);
    resumeDue(consumer);
  }

  /** The topics whose void rows can't be deleted now; the others' are. */
  private Map<String, Halted> carryOutResets(Consumer<?, ?> consumer) {
    Set<TopicPartition> read = new HashSet<>(consumer.assignment());
    read.removeAll(consumer.paused());
    Map<String, Halted> failed = new HashMap<>();
    resets
        .carryOut(read)
        .forEach(
            (topic, outcome) -> {
              if (outcome instanceof Halted halted) {
                failed.put(topic, halted);
              } else {
                settle(topic, outcome, consumer);
              }
            });
    return failed;
  }

  private void applyOthers(
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<String, Halted> held,
      Consumer<?, ?> consumer) {
    held.forEach(
        (topic, halted) -> {
          var of = records.stream().filter(r -> r.topic().equals(topic)).toList();
          refuse(of, halted.fault(), consumer);
          settle(topic, halted, consumer);
        });
    var others = records.stream().filter(r -> !held.containsKey(r.topic())).toList();
    applier.apply(others).forEach((topic, outcome) -> settle(topic, outcome, consumer));
  }

  /** Takes back a poll that could not be taken for a reason of which nothing is known. */
  public void takeBack(
      List<ConsumerRecord<byte[], byte[]>> records,
      Consumer<?, ?> consumer,
      RuntimeException cause) {
    var fault = new TransientFault(Reach.TARGET, "Unexpected while applying: " + cause, cause);
    refuse(records, fault, consumer);
  }

  private void refuse(
      List<ConsumerRecord<byte[], byte[]>> records, ApplyFault fault, Consumer<?, ?> consumer) {
    applier.refuse(records, fault).forEach((topic, halted) -> settle(topic, halted, consumer));
  }

  /**
   * To be called when a poll failed: it may have moved the consumer past records that it never gave
   * out.
   */
  void readAgain(Consumer<?, ?> consumer) {
    offsets.restore(consumer);
    offsets.rewind(consumer);
  }

  /** To be called often while nothing is polled. */
  public void idle(Consumer<?, ?> consumer) {
    Set<TopicPartition> suspects = new HashSet<>(offsets.restore(consumer));
    suspects.addAll(offsets.passed(consumer));
    try {
      Map<String, Halted> held = new HashMap<>(carryOutResets(consumer));
      held.putAll(retention.losses(consumer, suspects));
      held.forEach((topic, halted) -> settle(topic, halted, consumer));
      offsets.followPositions(consumer);
    } catch (TransientFault e) {
      log.atWarn().setCause(e).log("Positions can't be followed now; trying again");
    }
    offsets.commit(consumer);
    resumeDue(consumer);
  }

  /** Before partitions go to another consumer. */
  public void handOver(Consumer<?, ?> consumer) {
    offsets.commit(consumer);
  }

  /** Partitions that are not this consumer's any more. */
  public void forget(Collection<TopicPartition> partitions) {
    offsets.forget(partitions);
    halts.forget(partitions);
  }

  private void settle(String topic, TopicOutcome outcome, Consumer<?, ?> consumer) {
    Set<TopicPartition> partitions =
        consumer.assignment().stream()
            .filter(partition -> partition.topic().equals(topic))
            .collect(Collectors.toSet());
    switch (outcome) {
      case Applied() -> halts.goOn(topic, partitions);
      case Halted(var fault, var unapplied) -> {
        unapplied.forEach(consumer::seek);
        consumer.pause(partitions);
        halts.halt(topic, partitions, fault);
      }
    }
  }

  private void resumeDue(Consumer<?, ?> consumer) {
    List<TopicPartition> due = consumer.paused().stream().filter(halts::isDue).toList();
    if (due.isEmpty()) {
      return;
    }
    try {
      Map<String, Halted> losses = retention.losses(consumer, due);
      losses.forEach((topic, loss) -> settle(topic, loss, consumer));
      consumer.resume(due.stream().filter(p -> !losses.containsKey(p.topic())).toList());
    } catch (TransientFault e) {
      log.atWarn().setCause(e).log("Paused tables can't be resumed now; trying again");
    }
  }
}
