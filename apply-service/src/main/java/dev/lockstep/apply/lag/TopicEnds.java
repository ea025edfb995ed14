package dev.lockstep.apply.lag;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka where partitions begin and end, all of them with one request to each broker. */
final class TopicEnds {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Admin admin;

  TopicEnds(Admin admin) {
    this.admin = admin;
  }

  /**
   * Offsets, as far as they can be told.
   *
   * @param offsets by partition
   * @param problem why others can't, or empty
   */
  record Found(Map<TopicPartition, Long> offsets, String problem) {}

  /** The offsets behind the last records that are committed. */
  Found ends(Collection<TopicPartition> partitions) throws InterruptedException {
    return ask(partitions, OffsetSpec.latest());
  }

  /** The offsets of the first records that are there. */
  Found begins(Collection<TopicPartition> partitions) throws InterruptedException {
    return ask(partitions, OffsetSpec.earliest());
  }

  private Found ask(Collection<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException {
    Map<TopicPartition, Long> found = new HashMap<>();
    String problem = "";
    ListOffsetsResult result =
        admin.listOffsets(
            partitions.stream().collect(Collectors.toMap(Function.identity(), p -> spec)),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
                .timeoutMs(Math.toIntExact(LIMIT.toMillis())));
    for (TopicPartition partition : partitions) {
      try {
        found.put(partition, result.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        problem = "Kafka does not tell the offsets of " + partition + ": " + e.getCause();
      }
    }
    return new Found(found, problem);
  }
}
