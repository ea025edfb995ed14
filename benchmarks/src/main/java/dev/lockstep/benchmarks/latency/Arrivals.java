package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.subjects.ServiceRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of committed records, as any application would have. */
final class Arrivals implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private final KafkaConsumer<byte[], byte[]> consumer;

  Arrivals(String bootstrapServers, String topic) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                false,
                "metadata.max.age.ms",
                500,
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class));
    consumer.assign(List.of(new TopicPartition(topic, 0)));
  }

  /** Whether anything arrives within the limit. */
  boolean any(Duration limit) {
    return !consumer.poll(limit).isEmpty();
  }

  /**
   * Waits for all of these changes; how long each took from being sent, in nanoseconds.
   *
   * @throws IllegalStateException when some have not arrived within the limit, or one came twice
   */
  long[] latencies(SteadyChanges changes, ServiceRun run, Duration limit) {
    long[] nanos = new long[changes.count()];
    BitSet seen = new BitSet();
    int arrived = 0;
    long deadline = System.nanoTime() + limit.toNanos();
    while (arrived < nanos.length) {
      run.verifyAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d changes arrived within %s:%n%s"
                .formatted(arrived, nanos.length, limit, run.lastWords()));
      }
      for (ConsumerRecord<byte[], byte[]> item : consumer.poll(Duration.ofSeconds(1))) {
        long now = System.nanoTime();
        int id = id(item);
        if (changes.covers(id)) {
          if (seen.get(id)) {
            throw new IllegalStateException("Row " + id + " arrived twice");
          }
          seen.set(id);
          nanos[arrived++] = now - changes.sentAt(id);
        }
      }
    }
    return nanos;
  }

  private static int id(ConsumerRecord<byte[], byte[]> item) {
    Matcher key = ID.matcher(new String(item.key(), StandardCharsets.UTF_8));
    if (!key.find()) {
      throw new IllegalStateException("A key without an id");
    }
    return Integer.parseInt(key.group(1));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
