package dev.lockstep.common.event;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a row's change say, read in one pass. It is used again for one record after
 * the other, by one thread at a time.
 */
public final class EventHead {
  private long version;
  private long schemaId;
  private ZeroDates zeroDates = ZeroDates.NONE;
  private Undecodable undecodable = Undecodable.NONE;

  /**
   * Reads a record's headers, of which the last of a name counts.
   *
   * @return whether it is a row's change; else it is a heartbeat, or an event that a connector's
   *     transforms made, and the rest is as before
   * @throws MalformedEventException when a header is missing or is not as {@link EventHeaders} says
   */
  public boolean read(Headers headers) {
    @Nullable Header ofVersion = null;
    @Nullable Header ofSchema = null;
    zeroDates = ZeroDates.NONE;
    undecodable = Undecodable.NONE;
    for (Header header : headers) {
      switch (header.key()) {
        case EventHeaders.VERSION -> ofVersion = header;
        case EventHeaders.SCHEMA -> ofSchema = header;
        case EventHeaders.ZERO_DATES -> zeroDates = ZeroDates.read(headers);
        case EventHeaders.UNDECODABLE -> undecodable = Undecodable.read(headers);
        default -> {}
      }
    }
    if (ofSchema == null && ofVersion != null) {
      return false;
    }
    version = EventHeaders.number(ofVersion, EventHeaders.VERSION);
    schemaId = EventHeaders.number(ofSchema, EventHeaders.SCHEMA);
    return true;
  }

  /** The event's version. */
  public long version() {
    return version;
  }

  /** The id of the table schema that the row was written with. */
  public long schemaId() {
    return schemaId;
  }

  /** The dates that the JSON can't hold. */
  public ZeroDates zeroDates() {
    return zeroDates;
  }

  /** The texts that the JSON can't hold. */
  public Undecodable undecodable() {
    return undecodable;
  }
}
