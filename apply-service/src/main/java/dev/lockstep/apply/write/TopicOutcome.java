package dev.lockstep.apply.write;

import dev.lockstep.apply.errors.ApplyFault;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What became of a topic's records of one poll. */
public sealed interface TopicOutcome {
  /** All are in the target or in quarantine. */
  record Applied() implements TopicOutcome {}

  /**
   * Some are not.
   *
   * @param fault why not
   * @param unapplied the first offset of each partition that is not applied
   */
  record Halted(ApplyFault fault, Map<TopicPartition, Long> unapplied) implements TopicOutcome {
    /** Copies the map. */
    public Halted {
      unapplied = Map.copyOf(unapplied);
    }
  }
}
