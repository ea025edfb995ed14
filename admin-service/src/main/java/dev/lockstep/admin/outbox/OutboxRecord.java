package dev.lockstep.admin.outbox;

import org.jspecify.annotations.Nullable;

/**
 * A record that Kafka shall get.
 *
 * @param topic where to
 * @param key its key
 * @param json its value, or null for a deletion. May hold secrets
 */
public record OutboxRecord(String topic, String key, @Nullable String json) {
  /** Without the value, which may hold secrets. */
  @Override
  public String toString() {
    return "OutboxRecord[topic=" + topic + ", key=" + key + "]";
  }
}
