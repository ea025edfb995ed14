package dev.lockstep.capture.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells Debezium where to begin: from the offset that is committed in Kafka, handed over in the
 * engine's config.
 *
 * <p>What Debezium writes here is kept nowhere: the offset that counts is written by the
 * transaction that publishes the records ({@link
 * dev.lockstep.capture.publish.TransactionalPublisher}), and Debezium commits at times of its own
 * choice, at its shutdown too, outside of it.
 */
public final class SeededOffsetStore implements OffsetBackingStore {
  /** The committed source partition as JSON; absent on a first start. */
  static final String PARTITION = "lockstep.offset.partition";

  /** The committed source offset as JSON; absent on a first start. */
  static final String OFFSET = "lockstep.offset.value";

  private static final JsonMapper JSON = JsonMapper.shared();

  private @Nullable JsonNode partition;
  private @Nullable String offset;

  @Override
  public void configure(WorkerConfig config) {
    String seed = config.originalsStrings().get(PARTITION);
    partition = seed == null ? null : JSON.readTree(seed);
    offset = config.originalsStrings().get(OFFSET);
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  /**
   * The keys are JSON arrays of the engine's name and the source partition, as Kafka Connect writes
   * them.
   */
  @Override
  public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
    Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
    for (ByteBuffer key : keys) {
      JsonNode asked =
          JSON.readTree(StandardCharsets.UTF_8.decode(key.duplicate()).toString()).path(1);
      if (partition != null && partition.equals(asked)) {
        found.put(
            key, ByteBuffer.wrap(Objects.requireNonNull(offset).getBytes(StandardCharsets.UTF_8)));
      }
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  @SuppressWarnings(
      "NullAway") // Kafka Connect's callback takes null for no error and for a void result
  public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
    if (callback != null) {
      callback.onCompletion(null, null);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connectorName) {
    return Set.of();
  }
}
