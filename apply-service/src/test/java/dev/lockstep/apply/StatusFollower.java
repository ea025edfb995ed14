package dev.lockstep.apply;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a suite's statuses on and on, each once. */
final class StatusFollower implements AutoCloseable {
  private final Map<String, TablePartitionStatus> last = new HashMap<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;

  StatusFollower(KafkaSettings kafka) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", "read_committed");
    var bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(properties, bytes, bytes);
    partition = new TopicPartition(kafka.topics().status(), 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** The last status of a data topic's first partition that was published by now. */
  TablePartitionStatus of(String dataTopic) {
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      for (var status : consumer.poll(Duration.ofMillis(200))) {
        if (status.value() != null) {
          last.put(
              ControlCodec.key(status.key()),
              ControlCodec.decode(status.value(), TablePartitionStatus.class));
        }
      }
    }
    TablePartitionStatus found = last.get(TablePartitionStatus.recordKey(dataTopic, 0));
    if (found == null) {
      throw new NoSuchElementException("no status yet");
    }
    return found;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
