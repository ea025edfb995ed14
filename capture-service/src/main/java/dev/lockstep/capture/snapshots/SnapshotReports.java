package dev.lockstep.capture.snapshots;

import dev.lockstep.capture.progress.ReplicaMeters;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.snapshot.CapturedTables;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the status topic how far snapshots have come. Thread-safe. */
public final class SnapshotReports implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotReports.class);

  private final KafkaSettings settings;
  private final ReplicaMeters meters;
  private final Producer<byte[], byte @Nullable []> producer;
  private final Map<String, SnapshotStatus> unsent = new ConcurrentHashMap<>();

  /** Reports to this Kafka, and to the connectors' meters. */
  public SnapshotReports(KafkaSettings settings, ReplicaMeters meters) {
    this.settings = settings;
    this.meters = meters;
    Map<String, Object> properties = settings.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * 1024 * 1024);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    this.producer = new KafkaProducer<>(properties);
  }

  /** Tells one; one that Kafka does not take is told again by {@link #repeat}. */
  public void report(SnapshotStatus status) {
    meters.of(status.connector()).snapshot(status);
    String key = SnapshotStatus.recordKey(status.connector(), status.id());
    unsent.put(key, status);
    send(key, status);
  }

  /** Sends again what Kafka did not take, so that no end is forgotten. */
  public void repeat() {
    unsent.forEach(this::send);
  }

  /**
   * A connector is another replica's: what was not sent of its snapshots' progress is out of date,
   * and must not follow what its new owner tells. The end of one stays to be told.
   */
  public void forget(String connector) {
    unsent
        .values()
        .removeIf(status -> status.connector().equals(connector) && !status.state().isFinal());
  }

  private void send(String key, SnapshotStatus status) {
    var message =
        new ProducerRecord<>(
            settings.topics().status(), ControlCodec.key(key), ControlCodec.encode(status));
    try {
      Future<RecordMetadata> _ = producer.send(message, (_, failure) -> sent(key, status, failure));
    } catch (KafkaException e) {
      sent(key, status, e);
    }
  }

  private void sent(String key, SnapshotStatus status, @Nullable Exception failure) {
    if (failure == null) {
      unsent.remove(key, status);
    } else {
      log.atWarn()
          .addKeyValue("snapshot", status.id())
          .log("State of a snapshot not reported yet: {}", failure.getMessage());
    }
  }

  /**
   * Asks for a snapshot by capture-service's own wish, and returns when Kafka has it.
   *
   * @throws ExecutionException when Kafka did not take it
   * @throws TimeoutException when it did not answer in time
   */
  void request(SnapshotCommand command, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    await(settings.topics().commands(), command.connector(), command, limit);
  }

  /**
   * Notes which tables a connector captures, and returns when Kafka has it.
   *
   * @throws ExecutionException when Kafka did not take it
   * @throws TimeoutException when it did not answer in time
   */
  void captured(CapturedTables tables, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    String key = CapturedTables.recordKey(tables.connector());
    await(settings.topics().status(), key, tables, limit);
  }

  /**
   * Forgets which tables a connector captured, and returns when Kafka has it: one that is made anew
   * under this name begins with a snapshot.
   *
   * @throws ExecutionException when Kafka did not take it
   * @throws TimeoutException when it did not answer in time
   */
  public void eraseCaptured(String connector, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    await(settings.topics().status(), CapturedTables.recordKey(connector), null, limit);
  }

  private void await(String topic, String key, @Nullable Object value, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    byte @Nullable [] encoded = value == null ? null : ControlCodec.encode(value);
    RecordMetadata _ =
        producer
            .send(
                new ProducerRecord<byte[], byte @Nullable []>(
                    topic, ControlCodec.key(key), encoded))
            .get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
