package dev.lockstep.capture.connectors;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaClients;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.TableSchema;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the connectors of this suite have committed to Kafka: their offsets and the schemas of their
 * tables.
 */
final class CommittedState implements AutoCloseable {
  private final Map<String, SourceOffset> offsets = new ConcurrentHashMap<>();
  private final Map<String, TableSchema> schemas = new ConcurrentHashMap<>();
  private final Admin admin;
  private final CompactedTopic offsetsTopic;
  private final CompactedTopic schemasTopic;

  /** A table of a connector's source; tables whose names differ little can share a topic. */
  private record Source(String connector, String topic, String database, String table) {
    static Source of(TableSchema schema) {
      return new Source(schema.connector(), schema.topic(), schema.database(), schema.table());
    }
  }

  CommittedState(KafkaSettings settings, Admin admin, KafkaClients clients) {
    this.admin = admin;
    this.offsetsTopic =
        new CompactedTopic(clients, settings, settings.topics().offsets(), this::acceptOffset);
    this.schemasTopic =
        new CompactedTopic(clients, settings, settings.topics().schemas(), this::acceptSchema);
  }

  private void acceptOffset(String connector, byte @Nullable [] value) {
    if (value == null) {
      offsets.remove(connector);
    } else {
      offsets.put(connector, ControlCodec.decode(value, SourceOffset.class));
    }
  }

  private void acceptSchema(String key, byte @Nullable [] value) {
    if (value == null) {
      schemas.remove(key);
    } else {
      schemas.put(key, ControlCodec.decode(value, TableSchema.class));
    }
  }

  /** Why one of the topics is read no more, or null. */
  @Nullable RuntimeException failure() {
    RuntimeException offset = offsetsTopic.failure();
    return offset == null ? schemasTopic.failure() : offset;
  }

  boolean isLoaded() {
    return offsetsTopic.isLoaded() && schemasTopic.isLoaded();
  }

  /**
   * Waits until everything written before this call is known here, or known to be aborted. All
   * connectors share these topics, so the end that readers of committed records are shown is not
   * enough: another connector's open transaction hides what was committed after it began.
   *
   * @throws TimeoutException when a transaction was not ended within the limit
   * @throws ExecutionException when Kafka did not tell where the topics end
   */
  void awaitEverythingWritten(Duration limit)
      throws InterruptedException, TimeoutException, ExecutionException {
    for (CompactedTopic topic : List.of(offsetsTopic, schemasTopic)) {
      topic.awaitPast(end(topic.topic(), limit), limit);
    }
  }

  private Map<TopicPartition, Long> end(String topic, Duration limit)
      throws InterruptedException, TimeoutException, ExecutionException {
    var partition = new TopicPartition(topic, 0);
    ListOffsetsResultInfo end =
        admin
            .listOffsets(
                Map.of(partition, OffsetSpec.latest()),
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
            .partitionResult(partition)
            .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    return Map.of(partition, end.offset());
  }

  Optional<SourceOffset> offset(String connector) {
    return Optional.ofNullable(offsets.get(connector));
  }

  Collection<TableSchema> latestSchemas(String connector) {
    return schemas(connector).values().stream()
        .collect(Collectors.toMap(Source::of, schema -> schema, (a, b) -> a.id() > b.id() ? a : b))
        .values();
  }

  /** Every schema of a connector, by its record's key. */
  Map<String, TableSchema> schemas(String connector) {
    return schemas.entrySet().stream()
        .filter(entry -> entry.getValue().connector().equals(connector))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Topics that other connectors have written rows to. */
  Set<String> topicsOfOthers(String connector) {
    return schemas.values().stream()
        .filter(schema -> !schema.connector().equals(connector))
        .map(TableSchema::topic)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    offsetsTopic.close();
    schemasTopic.close();
  }
}
