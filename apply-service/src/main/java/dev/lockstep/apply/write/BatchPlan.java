package dev.lockstep.apply.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** In which order the records of a poll are applied. */
final class BatchPlan {
  private BatchPlan() {}

  /** The records of each topic; within a partition in the order of their offsets. */
  static Map<String, List<ConsumerRecord<byte[], byte[]>>> byTopic(
      List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      topics.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record);
    }
    return topics;
  }
}
