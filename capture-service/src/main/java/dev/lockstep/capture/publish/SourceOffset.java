package dev.lockstep.capture.publish;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a connector's next batch begins; a value of the offsets topic, keyed by connector.
 *
 * @param partition Debezium's source partition
 * @param offset Debezium's source offset: everything up to it is published
 * @param version the last version given
 * @param server the {@code server_uuid} of the source; null when it is not known
 */
public record SourceOffset(
    Map<String, Object> partition,
    Map<String, Object> offset,
    long version,
    @Nullable String server) {
  /** Whether the initial snapshot is done; one that is not starts over. */
  public boolean isStreaming() {
    return !"initial".equalsIgnoreCase(String.valueOf(offset.get("snapshot")));
  }
}
