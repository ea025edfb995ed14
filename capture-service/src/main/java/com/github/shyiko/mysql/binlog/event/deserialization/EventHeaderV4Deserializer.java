package com.github.shyiko.mysql.binlog.event.deserialization;

import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import dev.lockstep.capture.exact.ReplacesDebezium;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of binlog events, and refuses partial updates of JSON, which Debezium passes
 * over unseen. After one it reads no event more, so that no place beyond it is ever committed.
 */
@NullMarked
@ReplacesDebezium
public class EventHeaderV4Deserializer implements EventHeaderDeserializer<EventHeaderV4> {
  private boolean stopped;

  @Override
  public EventHeaderV4 deserialize(ByteArrayInputStream in) throws IOException {
    EventHeaderV4 header = new EventHeaderV4();
    header.setTimestamp(in.readLong(4) * 1000L);
    header.setEventType(type(in.readInteger(1)));
    header.setServerId(in.readLong(4));
    header.setEventLength(in.readLong(4));
    header.setNextPosition(in.readLong(4));
    header.setFlags(in.readInteger(2));
    stopped |= header.getEventType() == EventType.PARTIAL_UPDATE_ROWS_EVENT;
    if (stopped) {
      throw new IOException(
          "The binlog has a partial update of a JSON column (PARTIAL_UPDATE_ROWS), whose new value"
              + " it does not hold");
    }
    return header;
  }

  private static EventType type(int number) {
    @Nullable EventType known = EventType.byEventNumber(number);
    return known == null ? EventType.UNKNOWN : known;
  }
}
