package dev.lockstep.apply;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what stands in a control topic now. */
final class ControlReader {
  private ControlReader() {}

  /** The dead letters of one data topic. */
  static List<ConsumerRecord<byte[], byte[]>> records(
      KafkaSettings kafka, String controlTopic, String dataTopic) {
    return read(
        kafka,
        controlTopic,
        letter ->
            new String(
                    letter.headers().lastHeader("lockstep.topic").value(), StandardCharsets.UTF_8)
                .equals(dataTopic));
  }

  /** The last status of a data topic's first partition. */
  static TablePartitionStatus status(KafkaSettings kafka, String dataTopic) {
    String key = TablePartitionStatus.recordKey(dataTopic, 0);
    List<ConsumerRecord<byte[], byte[]>> found =
        read(kafka, kafka.topics().status(), r -> ControlCodec.key(r.key()).equals(key));
    if (found.isEmpty()) {
      throw new NoSuchElementException("no status yet");
    }
    return ControlCodec.decode(found.getLast().value(), TablePartitionStatus.class);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaSettings kafka, String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<byte[], byte[]>(properties, bytes, bytes)) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> add(found, r, wanted));
      }
    }
    return found;
  }

  private static void add(
      List<ConsumerRecord<byte[], byte[]>> found,
      ConsumerRecord<byte[], byte[]> record,
      Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    if (wanted.test(record)) {
      found.add(record);
    }
  }
}
