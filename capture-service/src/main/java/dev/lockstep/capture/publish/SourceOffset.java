package dev.lockstep.capture.publish;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a connector's next batch begins; a value of the offsets topic, keyed by connector.
 *
 * @param partition Debezium's source partition
 * @param offset Debezium's source offset: everything up to it is published
 * @param version the last version given
 * @param server the {@code server_uuid} of the source; null when it is not known
 * @param transaction the transaction that the offset lies in; null where it lies between two, and
 *     without GTIDs
 */
public record SourceOffset(
    Map<String, Object> partition,
    Map<String, Object> offset,
    long version,
    @Nullable String server,
    @Nullable Part transaction) {
  /**
   * What is published of a transaction.
   *
   * @param gtid the transaction
   * @param records how many records of its rows, tombstones included
   */
  public record Part(String gtid, long records) {}

  /** Whether the initial snapshot is done; one that is not starts over. */
  public boolean isStreaming() {
    return !"initial".equalsIgnoreCase(String.valueOf(offset.get("snapshot")));
  }

  /**
   * The same place on a server with this {@code server_uuid}. On another server than before, the
   * transaction that it lies in may have other events: it begins there, and what is published of it
   * is known by {@link #transaction}.
   */
  public SourceOffset on(@Nullable String present) {
    if (server == null || server.equals(present)) {
      return this;
    }
    Map<String, Object> begin = new HashMap<>(offset);
    begin.remove("event");
    begin.remove("row");
    return new SourceOffset(partition, begin, version, present, transaction);
  }
}
