package dev.lockstep.capture.connectors;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.TableSchema;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the connectors of this suite have committed to Kafka: their offsets and the latest schema of
 * each topic.
 */
final class CommittedState implements AutoCloseable {
  private final Map<String, SourceOffset> offsets = new ConcurrentHashMap<>();
  private final Map<String, TableSchema> latestByTopic = new ConcurrentHashMap<>();
  private final CompactedTopic offsetsTopic;
  private final CompactedTopic schemasTopic;

  CommittedState(KafkaSettings settings) {
    this.offsetsTopic =
        new CompactedTopic(settings, settings.topics().offsets(), this::acceptOffset);
    this.schemasTopic =
        new CompactedTopic(settings, settings.topics().schemas(), this::acceptSchema);
  }

  private void acceptOffset(String connector, byte @Nullable [] value) {
    if (value == null) {
      offsets.remove(connector);
    } else {
      offsets.put(connector, ControlCodec.decode(value, SourceOffset.class));
    }
  }

  private void acceptSchema(String key, byte @Nullable [] value) {
    if (value != null) {
      TableSchema schema = ControlCodec.decode(value, TableSchema.class);
      latestByTopic.merge(schema.topic(), schema, (a, b) -> a.id() > b.id() ? a : b);
    }
  }

  boolean isLoaded() {
    return offsetsTopic.isLoaded() && schemasTopic.isLoaded();
  }

  /** Waits until everything committed before this call is known here. */
  void awaitCaughtUp(Duration limit) throws InterruptedException, TimeoutException {
    offsetsTopic.awaitCaughtUp(limit);
    schemasTopic.awaitCaughtUp(limit);
  }

  Optional<SourceOffset> offset(String connector) {
    return Optional.ofNullable(offsets.get(connector));
  }

  Collection<TableSchema> latestSchemas(String connector) {
    return latestByTopic.values().stream()
        .filter(schema -> schema.connector().equals(connector))
        .toList();
  }

  @Override
  public void close() {
    offsetsTopic.close();
    schemasTopic.close();
  }
}
