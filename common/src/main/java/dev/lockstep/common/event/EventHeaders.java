package dev.lockstep.common.event;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers that Lockstep adds to a data record. {@link #VERSION} is on every one and {@link
 * #SCHEMA} on every row's change, each a big-endian signed 64-bit integer (8 bytes). Consumers that
 * don't know them ignore them.
 */
public final class EventHeaders {
  /** The event's version, from the connector's {@link dev.lockstep.common.clock.HybridClock}. */
  public static final String VERSION = "lockstep.version";

  /** The id of the {@link dev.lockstep.common.schema.TableSchema} that the row was written with. */
  public static final String SCHEMA = "lockstep.schema";

  /**
   * The values that Debezium's representation can't hold, where the row has any: a {@link
   * ZeroDates}.
   */
  public static final String ZERO_DATES = "lockstep.zero-dates";

  /** The texts that hold bytes of no character, where the row has any: an {@link Undecodable}. */
  public static final String UNDECODABLE = "lockstep.undecodable";

  private EventHeaders() {}

  /** The header's value for a number. */
  public static byte[] encode(long value) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (value >>> (Long.SIZE - 8 - 8 * i));
    }
    return bytes;
  }

  /**
   * Reads one of the headers.
   *
   * @throws MalformedEventException when the header is missing or is not 8 bytes long
   */
  public static long read(Headers headers, String name) {
    return number(headers.lastHeader(name), name);
  }

  static long number(@Nullable Header header, String name) {
    if (header == null) {
      throw new MalformedEventException(
          "The record has no header " + name + ": it was not written by capture-service");
    }
    byte[] bytes = header.value();
    if (bytes == null || bytes.length != Long.BYTES) {
      throw new MalformedEventException("The header " + name + " must be 8 bytes long");
    }
    long value = 0;
    for (byte b : bytes) {
      value = value << 8 | (b & 0xff);
    }
    return value;
  }
}
