package dev.lockstep.capture.publish;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a connector's next batch begins; a value of the offsets topic, keyed by connector.
 *
 * @param partition Debezium's source partition
 * @param offset Debezium's source offset: everything up to it is published
 * @param version the last version given
 * @param server the source's id: its {@code server_uuid}, of a MariaDB its {@code server_id}; null
 *     when it is not known
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

  /** Debezium's key for the events of the transaction under way that are done. */
  static final String EVENT = "event";

  /** Debezium's key for the rows of the event under way that are done. */
  static final String ROW = "row";

  static boolean isInTransaction(Map<String, ?> offset) {
    return number(offset, EVENT) > 0 || number(offset, ROW) > 0;
  }

  static long number(Map<String, ?> offset, String key) {
    return offset.get(key) instanceof Number number ? number.longValue() : 0;
  }

  /** Whether a part of a transaction is published, and its end is not. */
  boolean isInTransaction() {
    return isInTransaction(offset);
  }

  /** Whether the initial snapshot is done; one that is not starts over. */
  @JsonIgnore
  public boolean isStreaming() {
    return !"initial".equalsIgnoreCase(String.valueOf(offset.get("snapshot")));
  }

  /**
   * The same place on a server with this id. On another server than before, the transaction that it
   * lies in may have other events: it begins there, and what is published of it is known by {@link
   * #transaction}.
   */
  public SourceOffset on(@Nullable String present) {
    if (server == null || server.equals(present)) {
      return this;
    }
    Map<String, Object> begin = new HashMap<>(offset);
    begin.remove(EVENT);
    begin.remove(ROW);
    return new SourceOffset(partition, begin, version, present, transaction);
  }
}
