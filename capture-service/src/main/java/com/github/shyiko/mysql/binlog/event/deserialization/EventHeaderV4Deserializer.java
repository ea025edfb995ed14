package com.github.shyiko.mysql.binlog.event.deserialization;

import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import dev.lockstep.capture.exact.ReplacesDebezium;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of binlog events, and refuses partial updates of JSON and MariaDB's compressed
 * events, which Debezium passes over unseen. After one it reads no event more, so that no place
 * beyond it is ever committed.
 */
@NullMarked
@ReplacesDebezium
public class EventHeaderV4Deserializer implements EventHeaderDeserializer<EventHeaderV4> {
  /** MariaDB's events from QUERY_COMPRESSED_EVENT to DELETE_ROWS_COMPRESSED_EVENT. */
  private static final int FIRST_COMPRESSED = 165;

  private static final int LAST_COMPRESSED = 171;

  private @Nullable String refused;

  @Override
  public EventHeaderV4 deserialize(ByteArrayInputStream in) throws IOException {
    EventHeaderV4 header = new EventHeaderV4();
    header.setTimestamp(in.readLong(4) * 1000L);
    int number = in.readInteger(1);
    header.setEventType(type(number));
    header.setServerId(in.readLong(4));
    header.setEventLength(in.readLong(4));
    header.setNextPosition(in.readLong(4));
    header.setFlags(in.readInteger(2));
    if (header.getEventType() == EventType.PARTIAL_UPDATE_ROWS_EVENT) {
      refused =
          "The binlog has a partial update of a JSON column (PARTIAL_UPDATE_ROWS), whose new value"
              + " it does not hold";
    } else if (number >= FIRST_COMPRESSED && number <= LAST_COMPRESSED) {
      refused =
          "The binlog has a compressed event (log_bin_compress), which Debezium's binlog client"
              + " can't read";
    }
    if (refused != null) {
      throw new IOException(refused);
    }
    return header;
  }

  private static EventType type(int number) {
    @Nullable EventType known = EventType.byEventNumber(number);
    return known == null ? EventType.UNKNOWN : known;
  }
}
