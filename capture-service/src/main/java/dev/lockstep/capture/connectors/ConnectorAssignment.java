package dev.lockstep.capture.connectors;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connectors are this replica's: those in the partitions of the connectors topic that Kafka's
 * group protocol assigns to it. A partition that is gained is read from its beginning; no offset is
 * ever committed.
 */
final class ConnectorAssignment {
  private static final Logger log = LoggerFactory.getLogger(ConnectorAssignment.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(5);
  private static final Duration REPEAT = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final CaptureSettings sharing;
  private final ConnectorSupervisor supervisor;
  private final ConnectorReports reports;
  private final Thread thread;
  private final Map<TopicPartition, Map<String, ConnectorSpec>> owned = new HashMap<>();
  private final Map<TopicPartition, Long> loading = new HashMap<>();
  private final Set<TopicPartition> unread = new HashSet<>();
  private final Map<TopicPartition, Map<String, Instant>> deleted = new HashMap<>();
  private @Nullable Consumer<byte[], byte[]> consumer;
  private volatile boolean closed;
  private volatile boolean loaded;
  private volatile @Nullable Throwable failure;
  private boolean dirty;

  ConnectorAssignment(
      KafkaSettings settings,
      CaptureSettings sharing,
      ConnectorSupervisor supervisor,
      ConnectorReports reports) {
    this.settings = settings;
    this.sharing = sharing;
    this.supervisor = supervisor;
    this.reports = reports;
    this.thread = Thread.ofPlatform().name("connector-assignment").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Whether this replica has its assignment and knows what stands in it. */
  boolean isLoaded() {
    return loaded && failure == null;
  }

  /** Why no connector is looked after any more, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = settings.clientProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + "-capture");
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sharing.sessionTimeoutMillis());
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sharing.heartbeatMillis());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  private void run() {
    try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(properties())) {
      consumer = opened;
      follow(opened);
      opened.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    } catch (Throwable e) {
      // The top of the thread: whatever this is, no connector is looked after any more, and health
      // says so.
      end(e);
    }
  }

  /**
   * Until the end, which the connectors meet before the group is left: those who take them over
   * must not have to fight them.
   */
  private void follow(Consumer<byte[], byte[]> opened) throws InterruptedException {
    try {
      opened.subscribe(List.of(settings.topics().connectors()), new Rebalance(opened));
      loop(opened);
    } catch (Throwable e) {
      end(e);
    } finally {
      supervisor.close(STOP_LIMIT);
    }
  }

  /** The first cause is told. */
  private void end(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    log.atError().setCause(cause).log("The assignment of connectors ended");
  }

  private void loop(Consumer<byte[], byte[]> opened) throws InterruptedException {
    long lastRepeat = System.nanoTime();
    while (!closed) {
      long before = System.nanoTime();
      step(opened);
      long now = System.nanoTime();
      if (now - before > sharing.sessionTimeout().toNanos()) {
        // Whoever slept that long may have lost its connectors, and shall not speak for them.
        lastRepeat = now;
      } else if (now - lastRepeat > REPEAT.toNanos()) {
        reports.repeat();
        supervisor.repeat();
        lastRepeat = now;
      }
    }
  }

  private void step(Consumer<byte[], byte[]> opened) throws InterruptedException {
    try {
      for (ConsumerRecord<byte[], byte[]> item : opened.poll(POLL)) {
        take(item);
      }
      findEnds(opened);
      loading
          .entrySet()
          .removeIf(entry -> opened.position(entry.getKey(), KAFKA_LIMIT) >= entry.getValue());
    } catch (WakeupException e) {
      log.trace("Woken up to close", e);
      return;
    } catch (RetriableException e) {
      log.atWarn().log("Kafka can't be reached, connectors stay as they are: {}", e.getMessage());
      return;
    }
    if (dirty && unread.isEmpty() && loading.isEmpty()) {
      adapt();
      loaded = true;
    }
  }

  /** How far the partitions that were gained must be read before anything is done about them. */
  private void findEnds(Consumer<byte[], byte[]> opened) {
    if (!unread.isEmpty()) {
      loading.putAll(opened.endOffsets(unread, KAFKA_LIMIT));
      unread.clear();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> item) {
    String name = ControlCodec.key(item.key());
    var partition = new TopicPartition(item.topic(), item.partition());
    Map<String, ConnectorSpec> specs = owned.computeIfAbsent(partition, _ -> new HashMap<>());
    dirty = true;
    if (item.value() == null) {
      specs.remove(name);
      deleted
          .computeIfAbsent(partition, _ -> new HashMap<>())
          .put(name, Instant.ofEpochMilli(item.timestamp()));
      return;
    }
    try {
      specs.put(name, ControlCodec.decode(item.value(), ConnectorSpec.class));
    } catch (IllegalArgumentException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("connector", name)
          .log("A connector's spec can't be read; it is left as it is");
    }
  }

  private void adapt() throws InterruptedException {
    Map<String, ConnectorSpec> all =
        owned.values().stream()
            .flatMap(specs -> specs.values().stream())
            .collect(Collectors.toMap(ConnectorSpec::name, spec -> spec));
    Map<String, Instant> gone = new HashMap<>();
    deleted.values().forEach(gone::putAll);
    if (supervisor.adapt(all, gone)) {
      deleted.clear();
      dirty = false;
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> opened;

    Rebalance(Consumer<byte[], byte[]> opened) {
      this.opened = opened;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      opened.seekToBeginning(partitions);
      unread.addAll(partitions);
      dirty = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(owned::remove);
      partitions.forEach(deleted::remove);
      partitions.forEach(loading::remove);
      unread.removeAll(Set.copyOf(partitions));
      dirty = true;
    }
  }

  /**
   * Ends: connectors are stopped in order, then the group is left, so that others take over at
   * once.
   */
  void close() throws InterruptedException {
    closed = true;
    Consumer<byte[], byte[]> opened = consumer;
    if (opened != null) {
      opened.wakeup();
    }
    thread.join(STOP_LIMIT.plusSeconds(10));
  }
}
