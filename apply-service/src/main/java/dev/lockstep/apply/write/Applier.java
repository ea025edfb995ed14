package dev.lockstep.apply.write;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Applies the records of a poll, table by table, so that one table's fault stays its own. */
public final class Applier {
  private final TableWriter writer;
  private final Offsets offsets;
  private final long maxInsertBytes;
  private final InstantSource clock;

  /** Writes through the writer, and tells progress to the offsets. */
  public Applier(TableWriter writer, Offsets offsets, long maxInsertBytes, InstantSource clock) {
    this.writer = writer;
    this.offsets = offsets;
    this.maxInsertBytes = maxInsertBytes;
    this.clock = clock;
  }

  /** The outcome for each topic among the records. */
  public Map<String, TopicOutcome> apply(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, TopicOutcome> outcomes = new LinkedHashMap<>();
    @Nullable ApplyFault targetFault = null;
    long polledNanos = System.nanoTime();
    for (var topic : BatchPlan.byTopic(records).entrySet()) {
      TopicOutcome outcome =
          targetFault == null
              ? batch(topic.getKey(), polledNanos).apply(topic.getValue())
              : halted(topic.getValue(), targetFault);
      outcomes.put(topic.getKey(), outcome);
      if (outcome instanceof TopicOutcome.Halted(TransientFault fault, var unapplied)
          && fault.reach() == Reach.TARGET) {
        targetFault = fault;
      }
    }
    return outcomes;
  }

  /** The outcomes when nothing more of these records shall be applied now. */
  public Map<String, TopicOutcome> refuse(
      List<ConsumerRecord<byte[], byte[]>> records, ApplyFault fault) {
    Map<String, TopicOutcome> outcomes = new LinkedHashMap<>();
    BatchPlan.byTopic(records).forEach((topic, of) -> outcomes.put(topic, halted(of, fault)));
    return outcomes;
  }

  private TopicOutcome halted(List<ConsumerRecord<byte[], byte[]>> records, ApplyFault fault) {
    Map<TopicPartition, Long> unapplied = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      var partition = new TopicPartition(record.topic(), record.partition());
      Progress progress = offsets.of(partition);
      long applied = progress == null ? -1 : progress.nextOffset();
      unapplied.putIfAbsent(partition, Math.max(applied, record.offset()));
    }
    return new TopicOutcome.Halted(fault, unapplied);
  }

  private TopicBatch batch(String topic, long polledNanos) {
    return new TopicBatch(topic, polledNanos, writer, offsets, maxInsertBytes, clock);
  }
}
