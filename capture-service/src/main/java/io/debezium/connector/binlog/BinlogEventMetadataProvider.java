package io.debezium.connector.binlog;

import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.data.Envelope;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What Debezium's metrics say of an event. Debezium's own summary makes a JSON mapper and a text
 * for each event, for an attribute of JMX that shows the last one only: a third of the time of the
 * thread that reads the binlog.
 */
@NullMarked
@ReplacesDebezium
public class BinlogEventMetadataProvider implements EventMetadataProvider {
  /** When the source made the change. */
  @Override
  public @Nullable Instant getEventTimestamp(
      DataCollectionId source, OffsetContext offset, @Nullable Object key, @Nullable Struct value) {
    Struct place = place(value);
    Long millis = place == null ? null : place.getInt64(AbstractSourceInfo.TIMESTAMP_KEY);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /** The event's place in the binlog. */
  @Override
  public @Nullable Map<String, String> getEventSourcePosition(
      DataCollectionId source, OffsetContext offset, @Nullable Object key, @Nullable Struct value) {
    Struct place = place(value);
    return place == null
        ? null
        : Map.of(
            BinlogSourceInfo.BINLOG_FILENAME_OFFSET_KEY,
            text(place, BinlogSourceInfo.BINLOG_FILENAME_OFFSET_KEY),
            BinlogSourceInfo.BINLOG_POSITION_OFFSET_KEY,
            text(place, BinlogSourceInfo.BINLOG_POSITION_OFFSET_KEY),
            BinlogSourceInfo.BINLOG_ROW_IN_EVENT_OFFSET_KEY,
            text(place, BinlogSourceInfo.BINLOG_ROW_IN_EVENT_OFFSET_KEY));
  }

  private static @Nullable Struct place(@Nullable Struct value) {
    return value == null ? null : value.getStruct(Envelope.FieldName.SOURCE);
  }

  private static String text(Struct place, String field) {
    return String.valueOf(place.get(field));
  }

  @Override
  public @Nullable String getTransactionId(
      DataCollectionId source, OffsetContext offset, @Nullable Object key, @Nullable Struct value) {
    return ((BinlogOffsetContext<?>) offset).getTransactionId();
  }

  /** The table alone, which costs nothing; the place is a metric of its own. */
  @Override
  public String toSummaryString(
      DataCollectionId source, OffsetContext offset, @Nullable Object key, @Nullable Struct value) {
    return source.identifier();
  }
}
