package dev.lockstep.common.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a control topic from its beginning and goes on following it, on a thread of its own;
 * committed records only. The topic is read whole again at each start: it is compacted, so it holds
 * one record a key and a short tail.
 */
public final class CompactedTopic implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CompactedTopic.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_WHILE_AWAITED = Duration.ofMillis(10);

  /** A question for the topic's end waits behind a fetch that is under way. */
  private static final int FETCH_WAIT_MILLIS = 100;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** What is told of each record, on the reading thread, in the topic's order. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Takes one record.
     *
     * @param key its key
     * @param value its value, or null for a deletion
     */
    void accept(String key, byte @Nullable [] value);
  }

  private final String topic;
  private final Listener listener;
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Queue<CatchUp> catchUps = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  /** A caller that waits until everything committed before its call has been read. */
  private static final class CatchUp {
    final CompletableFuture<Void> done;
    @Nullable Map<TopicPartition, Long> end;

    CatchUp(CompletableFuture<Void> done) {
      this.done = done;
    }
  }

  /**
   * Begins to read.
   *
   * @param settings how Kafka is reached
   * @param topic the topic's name; it must exist, or come to exist
   * @param listener is told of each record
   */
  public CompactedTopic(KafkaSettings settings, String topic, Listener listener) {
    this(KafkaClients.NETWORK, settings, topic, listener);
  }

  /** Begins to read by these clients. */
  public CompactedTopic(
      KafkaClients clients, KafkaSettings settings, String topic, Listener listener) {
    this.topic = topic;
    this.listener = listener;
    this.consumer = clients.consumer(properties(settings));
    this.thread = Thread.ofPlatform().name("read-" + topic).daemon().unstarted(this::run);
    thread.start();
  }

  private static Map<String, Object> properties(KafkaSettings settings) {
    Map<String, Object> properties = settings.clientProperties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  /** The topic's name. */
  public String topic() {
    return topic;
  }

  /** Whether everything that stood in the topic when reading began has been read. */
  public boolean isLoaded() {
    return loaded.isDone() && !loaded.isCompletedExceptionally() && failure == null;
  }

  /** Why reading ended for good, or null while it goes on. A listener that threw ends it. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /**
   * Waits until everything that readers of committed records could see at this call has been read.
   * What was committed behind another producer's open transaction is not among it: {@link
   * #awaitPast}.
   *
   * @throws TimeoutException when the limit passed first
   * @throws IllegalStateException when reading has ended
   */
  public void awaitCaughtUp(Duration limit) throws InterruptedException, TimeoutException {
    await(new CatchUp(new CompletableFuture<>()), limit);
  }

  /**
   * Waits until reading has come to these offsets, whatever stands before them. Another producer's
   * open transaction holds back what was committed after it began, so this can take as long as that
   * transaction's timeout.
   *
   * @throws TimeoutException when the limit passed first
   * @throws IllegalStateException when reading has ended
   */
  public void awaitPast(Map<TopicPartition, Long> offsets, Duration limit)
      throws InterruptedException, TimeoutException {
    var catchUp = new CatchUp(new CompletableFuture<>());
    catchUp.end = Map.copyOf(offsets);
    await(catchUp, limit);
  }

  private void await(CatchUp catchUp, Duration limit)
      throws InterruptedException, TimeoutException {
    catchUps.add(catchUp);
    if (closed || failure != null) {
      throw new IllegalStateException("Reading of " + topic + " has ended", failure);
    }
    consumer.wakeup();
    try {
      catchUp.done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Reading of " + topic + " has ended", e.getCause());
    } finally {
      catchUps.remove(catchUp);
    }
  }

  private void run() {
    try {
      List<TopicPartition> partitions = awaitPartitions();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var load = new CatchUp(loaded);
      catchUps.add(load);
      while (!closed) {
        step(partitions);
      }
    } catch (Throwable e) {
      // The top of the thread: an error too must be told, for nothing is read any more.
      if (!closed) {
        failure =
            e instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("Reading of " + topic + " ended by " + e, e);
        log.atError().setCause(e).addKeyValue("topic", topic).log("Reading a control topic ended");
      }
    } finally {
      var ended = new IllegalStateException("Reading of " + topic + " has ended", failure);
      catchUps.forEach(waiting -> waiting.done.completeExceptionally(ended));
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }
  }

  private List<TopicPartition> awaitPartitions() {
    while (!closed) {
      try {
        List<PartitionInfo> found = consumer.partitionsFor(topic, Duration.ofSeconds(5));
        if (!found.isEmpty()) {
          return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        }
        consumer.poll(POLL);
      } catch (WakeupException e) {
        log.trace("Woken up", e);
      } catch (RetriableException | IllegalStateException e) {
        log.atDebug().setCause(e).addKeyValue("topic", topic).log("Waiting for a control topic");
      }
    }
    return List.of();
  }

  private void step(List<TopicPartition> partitions) {
    try {
      Duration wait = catchUps.isEmpty() ? POLL : POLL_WHILE_AWAITED;
      for (ConsumerRecord<byte[], byte[]> item : consumer.poll(wait)) {
        listener.accept(ControlCodec.key(item.key()), item.value());
      }
      for (CatchUp catchUp : new ArrayList<>(catchUps)) {
        advance(catchUp, partitions);
      }
    } catch (WakeupException e) {
      log.trace("Woken up for a catch-up", e);
    } catch (RetriableException e) {
      log.atDebug()
          .setCause(e)
          .addKeyValue("topic", topic)
          .log("Kafka can't be reached; trying on");
    } catch (KafkaException e) {
      throw new IllegalStateException("Can't read " + topic + ": " + e.getMessage(), e);
    }
  }

  private void advance(CatchUp catchUp, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> end = catchUp.end;
    if (end == null) {
      end = consumer.endOffsets(partitions, Duration.ofSeconds(5));
      catchUp.end = end;
    }
    if (end.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
      catchUps.remove(catchUp);
      catchUp.done.complete(null);
    }
  }

  /** Ends reading. */
  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
