package dev.lockstep.apply.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition that stand beside each other in a poll, in the order of their offsets.
 *
 * @param partition whose they are
 * @param records at least one
 */
public record Polled(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
  /** A poll's records by partition; one has several parts where others stand between them. */
  public static List<Polled> of(List<ConsumerRecord<byte[], byte[]>> poll) {
    List<Polled> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= poll.size(); i++) {
      if (i == poll.size() || !isOfSame(poll.get(from), poll.get(i))) {
        ConsumerRecord<byte[], byte[]> first = poll.get(from);
        var partition = new TopicPartition(first.topic(), first.partition());
        parts.add(new Polled(partition, poll.subList(from, i)));
        from = i;
      }
    }
    return parts;
  }

  private static boolean isOfSame(
      ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
    return one.partition() == other.partition() && one.topic().equals(other.topic());
  }

  /** The topic of its partition. */
  public String topic() {
    return partition.topic();
  }

  /** The offset of its first record. */
  public long firstOffset() {
    return records.getFirst().offset();
  }

  /** The offset behind its last record. */
  public long nextOffset() {
    return records.getLast().offset() + 1;
  }
}
