package dev.lockstep.benchmarks.backlog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic of one partition whose records get the broker's clock when they are appended. */
public final class DataTopic {
  private static final long LIMIT_SECONDS = 20;

  private final Admin admin;
  private final String bootstrapServers;
  private final TopicPartition partition;

  /**
   * What a topic holds.
   *
   * @param records committed ones
   * @param bytes of their keys and values
   * @param firstMillis when the broker took the first
   * @param lastMillis when the broker took the last
   */
  public record Content(long records, long bytes, long firstMillis, long lastMillis) {}

  DataTopic(Admin admin, String bootstrapServers, String name) {
    this.admin = admin;
    this.bootstrapServers = bootstrapServers;
    this.partition = new TopicPartition(name, 0);
  }

  void create() throws InterruptedException, ExecutionException, TimeoutException {
    var topic =
        new NewTopic(partition.topic(), 1, (short) 1)
            .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    admin.createTopics(List.of(topic)).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  void delete() throws InterruptedException, ExecutionException, TimeoutException {
    admin.deleteTopics(List.of(partition.topic())).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Where committed records end; 0 while there are none. */
  long end() throws InterruptedException, ExecutionException, TimeoutException {
    return admin
        .listOffsets(
            Map.of(partition, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .partitionResult(partition)
        .get(LIMIT_SECONDS, TimeUnit.SECONDS)
        .offset();
  }

  /** Its name. */
  public String name() {
    return partition.topic();
  }

  /** Reads all that is committed. */
  public Content read() {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "max.partition.fetch.bytes",
            8 * 1024 * 1024,
            "max.poll.records",
            10_000,
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class);
    long records = 0;
    long bytes = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (var consumer = new KafkaConsumer<byte[], byte[]>(properties)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> item : consumer.poll(Duration.ofSeconds(1))) {
          records++;
          bytes += item.serializedKeySize() + item.serializedValueSize();
          first = Math.min(first, item.timestamp());
          last = Math.max(last, item.timestamp());
        }
      }
    }
    return new Content(records, bytes, first, last);
  }
}
