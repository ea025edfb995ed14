package dev.lockstep.admin.harness;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Reads and writes the control topics from outside. */
public final class TopicRecords {
  private TopicRecords() {}

  /**
   * A record of the connectors topic.
   *
   * @param key the connector
   * @param spec what is told of it, or null for a deletion
   */
  public record Published(String key, @Nullable ConnectorSpec spec) {}

  /** The records about one connector, in order, as they stand now. */
  public static List<Published> about(String connector, KafkaSettings settings) {
    return of(settings.topics().connectors(), connector, settings).stream()
        .map(
            value ->
                new Published(
                    connector,
                    value.map(json -> ControlCodec.decode(json, ConnectorSpec.class)).orElse(null)))
        .toList();
  }

  /** The values of a key's records, in order, as they stand now; empty for a deletion. */
  public static List<Optional<byte[]>> of(String topic, String key, KafkaSettings settings) {
    try (var consumer =
        new KafkaConsumer<byte[], byte @Nullable []>(
            settings.clientProperties(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      var end = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<Optional<byte[]>> values = new ArrayList<>();
      while (end.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var item : consumer.poll(Duration.ofMillis(100))) {
          if (ControlCodec.key(item.key()).equals(key)) {
            values.add(Optional.ofNullable(item.value()));
          }
        }
      }
      return values;
    }
  }

  /** Writes a record and waits until it is there. */
  public static void write(KafkaSettings settings, String topic, String key, @Nullable Object value)
      throws Exception {
    try (var producer =
        new KafkaProducer<byte[], byte @Nullable []>(
            settings.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] json = value == null ? null : ControlCodec.encode(value);
      producer
          .send(new ProducerRecord<>(topic, ControlCodec.key(key), json))
          .get(20, TimeUnit.SECONDS);
    }
  }
}
