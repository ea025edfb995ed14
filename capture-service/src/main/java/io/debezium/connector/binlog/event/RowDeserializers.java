package io.debezium.connector.binlog.event;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.DeleteRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.UpdateRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.WriteRowsEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import dev.lockstep.capture.charsets.RowTexts;
import dev.lockstep.capture.exact.BinlogTemporals;
import dev.lockstep.capture.exact.ReplacesDebezium;
import io.debezium.config.CommonConnectorConfig.EventProcessingFailureHandlingMode;
import java.io.IOException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * The readers of row events that Debezium gives its binlog client: texts as bytes in the column's
 * character set, dates and times as {@link BinlogTemporals} reads them. None of them can fail on a
 * value, so how a failure would be handled means nothing here.
 */
@NullMarked
@ReplacesDebezium
public final class RowDeserializers {
  private RowDeserializers() {}

  /** The length takes two bytes where the column's longest value needs them. */
  private static byte[] text(int longest, ByteArrayInputStream in) throws IOException {
    return in.read(in.readInteger(longest < 256 ? 1 : 2));
  }

  /** Reads inserted rows. */
  public static class WriteRowsDeserializer extends WriteRowsEventDataDeserializer {
    private final Map<Long, TableMapEventData> tables;
    private final RowTexts texts = new RowTexts();

    /** For one binlog client. */
    public WriteRowsDeserializer(
        Map<Long, TableMapEventData> tables, EventProcessingFailureHandlingMode unused) {
      super(tables);
      this.tables = tables;
    }

    @Override
    protected @Nullable Serializable[] deserializeRow(
        long table, BitSet included, ByteArrayInputStream in) throws IOException {
      return texts.decode(tables, table, included, super.deserializeRow(table, included, in));
    }

    @Override
    protected Serializable deserializeString(int length, ByteArrayInputStream in)
        throws IOException {
      return text(length, in);
    }

    @Override
    protected Serializable deserializeVarString(int length, ByteArrayInputStream in)
        throws IOException {
      return text(length, in);
    }

    @Override
    protected Serializable deserializeDate(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.date(in);
    }

    @Override
    protected Serializable deserializeDatetime(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.dateTime(in);
    }

    @Override
    protected Serializable deserializeDatetimeV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.dateTime2(digits, in);
    }

    @Override
    protected Serializable deserializeTime(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.time(in);
    }

    @Override
    protected Serializable deserializeTimeV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.time2(digits, in);
    }

    @Override
    protected Serializable deserializeTimestamp(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.timestamp(in);
    }

    @Override
    protected Serializable deserializeTimestampV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.timestamp2(digits, in);
    }

    @Override
    protected Serializable deserializeYear(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.year(in);
    }
  }

  /** Reads updated rows. */
  public static class UpdateRowsDeserializer extends UpdateRowsEventDataDeserializer {
    private final Map<Long, TableMapEventData> tables;
    private final RowTexts texts = new RowTexts();

    /** For one binlog client. */
    public UpdateRowsDeserializer(
        Map<Long, TableMapEventData> tables, EventProcessingFailureHandlingMode unused) {
      super(tables);
      this.tables = tables;
    }

    @Override
    protected @Nullable Serializable[] deserializeRow(
        long table, BitSet included, ByteArrayInputStream in) throws IOException {
      return texts.decode(tables, table, included, super.deserializeRow(table, included, in));
    }

    @Override
    protected Serializable deserializeString(int length, ByteArrayInputStream in)
        throws IOException {
      return text(length, in);
    }

    @Override
    protected Serializable deserializeVarString(int length, ByteArrayInputStream in)
        throws IOException {
      return text(length, in);
    }

    @Override
    protected Serializable deserializeDate(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.date(in);
    }

    @Override
    protected Serializable deserializeDatetime(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.dateTime(in);
    }

    @Override
    protected Serializable deserializeDatetimeV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.dateTime2(digits, in);
    }

    @Override
    protected Serializable deserializeTime(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.time(in);
    }

    @Override
    protected Serializable deserializeTimeV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.time2(digits, in);
    }

    @Override
    protected Serializable deserializeTimestamp(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.timestamp(in);
    }

    @Override
    protected Serializable deserializeTimestampV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.timestamp2(digits, in);
    }

    @Override
    protected Serializable deserializeYear(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.year(in);
    }
  }

  /** Reads deleted rows. */
  public static class DeleteRowsDeserializer extends DeleteRowsEventDataDeserializer {
    private final Map<Long, TableMapEventData> tables;
    private final RowTexts texts = new RowTexts();

    /** For one binlog client. */
    public DeleteRowsDeserializer(
        Map<Long, TableMapEventData> tables, EventProcessingFailureHandlingMode unused) {
      super(tables);
      this.tables = tables;
    }

    @Override
    protected @Nullable Serializable[] deserializeRow(
        long table, BitSet included, ByteArrayInputStream in) throws IOException {
      return texts.decode(tables, table, included, super.deserializeRow(table, included, in));
    }

    @Override
    protected Serializable deserializeString(int length, ByteArrayInputStream in)
        throws IOException {
      return text(length, in);
    }

    @Override
    protected Serializable deserializeVarString(int length, ByteArrayInputStream in)
        throws IOException {
      return text(length, in);
    }

    @Override
    protected Serializable deserializeDate(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.date(in);
    }

    @Override
    protected Serializable deserializeDatetime(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.dateTime(in);
    }

    @Override
    protected Serializable deserializeDatetimeV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.dateTime2(digits, in);
    }

    @Override
    protected Serializable deserializeTime(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.time(in);
    }

    @Override
    protected Serializable deserializeTimeV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.time2(digits, in);
    }

    @Override
    protected Serializable deserializeTimestamp(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.timestamp(in);
    }

    @Override
    protected Serializable deserializeTimestampV2(int digits, ByteArrayInputStream in)
        throws IOException {
      return BinlogTemporals.timestamp2(digits, in);
    }

    @Override
    protected Serializable deserializeYear(ByteArrayInputStream in) throws IOException {
      return BinlogTemporals.year(in);
    }
  }
}
