package dev.lockstep.capture.connectors;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
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
  private final Map<String, ConnectorStatus> current = new ConcurrentHashMap<>();

  /** Reports to this Kafka. */
  public ConnectorReports(KafkaSettings settings) {
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
    log.atInfo()
        .addKeyValue("connector", status.connector())
        .addKeyValue("state", status.state())
        .addKeyValue("generation", status.generation())
        .log(
            "Connector is {}{}",
            status.state(),
            status.reason() == null ? "" : ": " + status.reason());
    send(status.connector(), ControlCodec.encode(status));
  }

  /** Sends what was reported again, so that an outage of Kafka leaves no stale state behind. */
  void repeat() {
    current.values().forEach(status -> send(status.connector(), ControlCodec.encode(status)));
  }

  /** The connector is another replica's now, which reports it. */
  void forget(String connector) {
    current.remove(connector);
  }

  /** The connector was deleted. */
  void remove(String connector) {
    current.remove(connector);
    send(connector, null);
  }

  private void send(String connector, byte @Nullable [] value) {
    try {
      Future<RecordMetadata> _ =
          producer.send(
              new ProducerRecord<>(
                  topic, ControlCodec.key(ConnectorStatus.recordKey(connector)), value),
              (_, failure) -> warn(connector, failure));
    } catch (KafkaException e) {
      warn(connector, e);
    }
  }

  /** A report that is lost is repeated, so this is told and no more. */
  private static void warn(String connector, @Nullable Exception failure) {
    if (failure != null) {
      log.atWarn()
          .addKeyValue("connector", connector)
          .log("State not reported yet: {}", failure.getMessage());
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
