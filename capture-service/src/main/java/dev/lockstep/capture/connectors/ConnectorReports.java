package dev.lockstep.capture.connectors;

import dev.lockstep.capture.progress.ReplicaMeters;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
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

/**
 * Keeps the reported state of this replica's connectors, and tells the status topic. Thread-safe.
 */
public final class ConnectorReports implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConnectorReports.class);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final ReplicaMeters meters;
  private final Map<String, ConnectorStatus> current = new ConcurrentHashMap<>();
  private final Map<String, ConnectorProgress> progress = new ConcurrentHashMap<>();

  /** Reports to this Kafka, and states to these meters. */
  public ConnectorReports(KafkaSettings settings, ReplicaMeters meters) {
    this.meters = meters;
    this.topic = settings.topics().status();
    Map<String, Object> properties = settings.clientProperties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * 1024 * 1024);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    this.producer = new KafkaProducer<>(properties);
  }

  /** The state of each connector of this replica, by name. */
  public Map<String, ConnectorStatus> current() {
    return Map.copyOf(current);
  }

  /** What one connector of this replica was last reported to do. */
  public Optional<ConnectorStatus> of(String connector) {
    return Optional.ofNullable(current.get(connector));
  }

  void report(ConnectorStatus status) {
    current.put(status.connector(), status);
    meters.state(status);
    log.atInfo()
        .addKeyValue("connector", status.connector())
        .addKeyValue("state", status.state())
        .addKeyValue("generation", status.generation())
        .log(
            "Connector is {}{}",
            status.state(),
            status.reason() == null ? "" : ": " + status.reason());
    send(status);
  }

  /** Reports how far a connector of this replica is, if that was not told before. */
  public void progress(ConnectorProgress measured) {
    String name = measured.connector();
    ConnectorProgress before = progress.get(name);
    if (current.containsKey(name) && (before == null || !before.tellsTheSame(measured))) {
      progress.put(name, measured);
      send(
          ConnectorProgress.recordKey(name),
          ControlCodec.encode(measured),
          _ -> progress.remove(name));
    }
  }

  private void send(ConnectorStatus status) {
    String name = status.connector();
    send(
        ConnectorStatus.recordKey(name),
        ControlCodec.encode(status),
        failure -> warn(name, failure));
  }

  /** Sends what was reported again, so that an outage of Kafka leaves no stale state behind. */
  void repeat() {
    current.values().forEach(this::send);
  }

  /** The connector is another replica's now, which reports it. */
  void forget(String connector) {
    current.remove(connector);
    progress.remove(connector);
    meters.forget(connector);
  }

  /** The connector was deleted. */
  void remove(String connector) {
    forget(connector);
    send(ConnectorStatus.recordKey(connector), null, failure -> warn(connector, failure));
    send(ConnectorProgress.recordKey(connector), null, failure -> warn(connector, failure));
  }

  /** What was reported under this key is true of nothing any more. */
  void erase(String key) {
    send(key, null, failure -> warn(key, failure));
  }

  private void send(String key, byte @Nullable [] value, Consumer<Exception> lost) {
    try {
      Future<RecordMetadata> _ =
          producer.send(
              new ProducerRecord<>(topic, ControlCodec.key(key), value),
              (_, failure) -> {
                if (failure != null) {
                  lost.accept(failure);
                }
              });
    } catch (KafkaException e) {
      lost.accept(e);
    }
  }

  /** A report that is lost is repeated, so this is told and no more. */
  private static void warn(String connector, Exception failure) {
    log.atWarn()
        .addKeyValue("connector", connector)
        .log("State not reported yet: {}", failure.getMessage());
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
