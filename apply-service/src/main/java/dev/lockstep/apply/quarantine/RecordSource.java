package dev.lockstep.apply.quarantine;

import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record once more, of which only the place is known. Records are not kept while their rows
 * are on the way, and this is rare.
 */
public final class RecordSource {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final KafkaSettings kafka;

  /** Of this Kafka. */
  public RecordSource(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * The record that stands there.
   *
   * @throws TransientFault when it can't be read now
   */
  public ConsumerRecord<byte[], byte[]> read(TopicPartition partition, long offset) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    try (var consumer = new KafkaConsumer<byte[], byte[]>(properties)) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      return consumer.poll(LIMIT).records(partition).stream()
          .filter(record -> record.offset() == offset)
          .findFirst()
          .orElseThrow(() -> unreadable(partition, offset, "it did not come in time", null));
    } catch (KafkaException e) {
      throw unreadable(partition, offset, e.toString(), e);
    }
  }

  private static TransientFault unreadable(
      TopicPartition partition, long offset, String why, @Nullable Throwable e) {
    String message =
        "The record at offset %d of %s, which the target refuses, can't be read again: %s"
            .formatted(offset, partition, why);
    return e == null
        ? new TransientFault(Reach.TABLE, message)
        : new TransientFault(Reach.TABLE, message, e);
  }
}
