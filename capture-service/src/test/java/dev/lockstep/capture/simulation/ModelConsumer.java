package dev.lockstep.capture.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Reads partitions of the {@link ModelKafka} from their beginning, as its isolation level says. */
final class ModelConsumer extends MockConsumer<byte[], byte[]> {
  private static final Duration LONG = Duration.ofMillis(100);
  private static final Node NODE = new Node(1, "model", 1);

  private final ModelKafka kafka;
  private final boolean committedOnly;
  private final Map<TopicPartition, Long> positions =
      new TreeMap<>(Comparator.comparing(TopicPartition::toString));
  private final Object bell = new Object();
  private boolean woken;

  ModelConsumer(ModelKafka kafka, Map<String, Object> properties) {
    super("earliest");
    this.kafka = kafka;
    this.committedOnly =
        "read_committed".equals(properties.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG));
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    return IntStream.range(0, kafka.partitions(topic))
        .mapToObj(i -> new PartitionInfo(topic, i, NODE, new Node[] {NODE}, new Node[] {NODE}))
        .toList();
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> positions.put(partition, 0L));
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
    boolean moved = false;
    for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
      var fetched = kafka.fetch(position.getKey(), position.getValue(), committedOnly);
      moved |= fetched.next() > position.getValue();
      position.setValue(fetched.next());
      if (!fetched.entries().isEmpty()) {
        found.put(position.getKey(), records(fetched.entries()));
      }
    }
    await(moved ? Duration.ZERO : timeout);
    return new ConsumerRecords<>(found, Map.of());
  }

  /**
   * Whoever polls for a short time waits for what is there already. A wakeup throws only where
   * nothing was read, so that no record is lost.
   */
  private void await(Duration timeout) {
    if (timeout.compareTo(LONG) < 0) {
      return;
    }
    synchronized (bell) {
      if (!woken) {
        try {
          bell.wait(timeout.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      if (woken) {
        woken = false;
        throw new WakeupException();
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(List<ModelKafka.Entry> entries) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ModelKafka.Entry entry : entries) {
      ProducerRecord<byte[], byte[]> sent = entry.sent();
      if (sent != null) {
        records.add(
            new ConsumerRecord<>(
                sent.topic(), entry.partition().partition(), 0, sent.key(), sent.value()));
      }
    }
    return records;
  }

  @Override
  public long position(TopicPartition partition) {
    return positions.getOrDefault(partition, 0L);
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return partitions.stream()
        .collect(
            Collectors.toMap(
                partition -> partition,
                partition -> committedOnly ? kafka.stableEnd(partition) : kafka.end(partition)));
  }

  @Override
  public void wakeup() {
    synchronized (bell) {
      woken = true;
      bell.notifyAll();
    }
  }
}
