package io.debezium.connector.base;

import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Configuration;
import io.debezium.pipeline.Sizeable;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's queue in memory, which can be made in two ways: as Debezium 3.6 does it, and as 3.5
 * did, whose connector for MariaDB is used. ({@code ChangeEventQueue} locks around each call.)
 */
@NullMarked
@ReplacesDebezium
public class DefaultQueueProvider<T extends Sizeable> implements QueueProvider<T> {
  private Queue<T> queue;

  /** As Debezium 3.6 calls it, before {@link #configure}. */
  public DefaultQueueProvider() {
    queue = new ArrayDeque<>();
  }

  /** As Debezium 3.5 calls it, for a queue of so many events. */
  public DefaultQueueProvider(int capacity) {
    queue = new ArrayDeque<>(capacity);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void configure(Map<String, ?> properties) {
    queue =
        new ArrayDeque<>(
            Configuration.from(properties).getInteger(CommonConnectorConfig.MAX_QUEUE_SIZE));
  }

  @Override
  public void enqueue(T event) {
    queue.add(event);
  }

  @Override
  public @Nullable T poll() {
    return queue.poll();
  }

  @Override
  public int size() {
    return queue.size();
  }
}
