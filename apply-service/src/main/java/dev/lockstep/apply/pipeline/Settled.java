package dev.lockstep.apply.pipeline;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.errors.ApplyFault;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What became of a topic's records since it was asked last.
 *
 * @param topic the topic
 * @param blocks what is in the target or in quarantine, block by block in the order of offsets
 * @param fault why nothing behind them is, or null. The records behind them are forgotten here
 * @param atMillis when the last block was visible
 */
public record Settled(
    String topic,
    List<Map<TopicPartition, Tally>> blocks,
    @Nullable ApplyFault fault,
    long atMillis) {
  /** Copies the list. */
  public Settled {
    blocks = List.copyOf(blocks);
  }
}
