package dev.lockstep.capture.exact;

import dev.lockstep.capture.charsets.JdbcTexts;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.BinlogFieldReader;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot's values as MySQL sends them: no date goes through a calendar or a time zone,
 * and what the calendar has no date for becomes the marker of a {@link ZeroDate}. The session's
 * time zone must be UTC, for a TIMESTAMP comes as the session's wall clock, and its {@code
 * character_set_results} NULL, so that texts come as they are stored.
 */
public class ExactFieldReader extends BinlogFieldReader {
  /** For one connector. */
  public ExactFieldReader(BinlogConnectorConfig config) {
    super(config);
  }

  @Override
  public @Nullable Object readField(ResultSet rows, int index, Column column, Table table)
      throws SQLException {
    return switch (column.jdbcType()) {
      case Types.DATE -> readDateField(rows, index, column, table);
      case Types.TIME -> readTimeField(rows, index, column, table);
      case Types.TIMESTAMP -> readTimestampField(rows, index, column, table);
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          read(rows, index, value -> JdbcTemporals.dateTime(value).atZone(ZoneOffset.UTC));
      case Types.DECIMAL, Types.NUMERIC -> read(rows, index, ExactFieldReader::decimal);
      case Types.TINYINT, Types.SMALLINT -> integer(rows, index);
      case Types.BIT -> read(rows, index, ExactFieldReader::bits);
      default ->
          column.typeName().equalsIgnoreCase("YEAR")
              ? read(rows, index, JdbcTemporals::year)
              : JdbcTexts.read(rows, index);
    };
  }

  /** Both protocols send a decimal as text; the driver's own way fails on some with ZEROFILL. */
  private static BigDecimal decimal(byte[] value) {
    return new BigDecimal(new String(value, StandardCharsets.US_ASCII));
  }

  /** As the stream has it. Debezium turns bytes around where they lie: twice, for a key's. */
  private static BitSet bits(byte[] bigEndian) {
    byte[] littleEndian = new byte[bigEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return BitSet.valueOf(littleEndian);
  }

  /** The driver's own choice would be a boolean for TINYINT(1). */
  private static @Nullable Integer integer(ResultSet rows, int index) throws SQLException {
    int value = rows.getInt(index);
    return rows.wasNull() ? null : value;
  }

  private static @Nullable Object read(ResultSet rows, int index, Function<byte[], Object> decoder)
      throws SQLException {
    byte[] value = rows.getBytes(index);
    return value == null ? null : decoder.apply(value);
  }

  @Override
  protected @Nullable Object readTimeField(ResultSet rows, int index, Column column, Table table)
      throws SQLException {
    return read(rows, index, JdbcTemporals::time);
  }

  @Override
  protected @Nullable Object readDateField(ResultSet rows, int index, Column column, Table table)
      throws SQLException {
    return read(rows, index, JdbcTemporals::date);
  }

  @Override
  protected @Nullable Object readTimestampField(
      ResultSet rows, int index, Column column, Table table) throws SQLException {
    return read(rows, index, JdbcTemporals::dateTime);
  }

  /** Texts come decoded: the connection's own character set is UTF-8. */
  @Override
  protected String getCharacterSet(Column column) {
    return StandardCharsets.UTF_8.name();
  }
}
