package dev.lockstep.capture.charsets;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventMetadata;
import com.github.shyiko.mysql.binlog.event.TableMapEventMetadata.DefaultCharset;
import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of the bytes in row events, by the character sets that the binlog itself names for the
 * columns (since MySQL 8.0.1, whatever {@code binlog_row_metadata} is). That is what the row was
 * written with, where Debezium's parser only follows the DDL and misses some of it. Where the
 * binlog names none, or one that is not known, the bytes stay for {@link TextConverter}.
 *
 * <p>For one thread: it keeps the table that it saw last.
 */
public final class RowTexts {
  private static final int BIGGEST_TYPE = 255;

  /** In a table map, ENUM and SET are strings with their type in the metadata's upper byte. */
  private static final int ENUM = 247;

  private static final int SET = 248;

  private @Nullable TableMapEventData last;
  private @Nullable TextDecoder[] decoders = {};

  /**
   * Replaces a row's bytes by text, in place.
   *
   * @param tables the table maps, by the binlog's number
   * @param number the row's table
   * @param included the columns that the row has values of
   * @param row the values of those columns
   * @return the row
   */
  @SuppressWarnings("ReferenceEquality") // each table map is its own; its number can come again
  public @Nullable Serializable[] decode(
      Map<Long, TableMapEventData> tables,
      long number,
      BitSet included,
      @Nullable Serializable[] row) {
    TableMapEventData table = tables.get(number);
    if (table == null) {
      return row;
    }
    if (table != last) {
      decoders = decoders(table);
      last = table;
    }
    int value = 0;
    for (int column = 0; column < decoders.length && value < row.length; column++) {
      if (included.get(column)) {
        TextDecoder decoder = decoders[column];
        if (decoder != null && row[value] instanceof byte[] bytes) {
          row[value] = decoder.read(bytes);
        }
        value++;
      }
    }
    return row;
  }

  private static @Nullable TextDecoder[] decoders(TableMapEventData table) {
    byte[] types = table.getColumnTypes();
    TextDecoder[] decoders = new TextDecoder[types.length];
    TableMapEventMetadata metadata = table.getEventMetadata();
    int index = 0;
    for (int column = 0; metadata != null && column < types.length; column++) {
      if (isCharacters(types[column] & BIGGEST_TYPE, table.getColumnMetadata()[column])) {
        decoders[column] = Collations.decoder(collation(metadata, index++));
      }
    }
    return decoders;
  }

  /** As MySQL counts its character columns: binary ones are among them, and VECTOR. */
  private static boolean isCharacters(int code, int metadata) {
    ColumnType type = ColumnType.byCode(code);
    if (type == ColumnType.STRING) {
      return metadata >> 8 != ENUM && metadata >> 8 != SET;
    }
    return type == ColumnType.VARCHAR
        || type == ColumnType.VAR_STRING
        || type == ColumnType.BLOB
        || type == ColumnType.VECTOR;
  }

  /** Of a character column; -1 where the binlog has none. */
  private static int collation(TableMapEventMetadata metadata, int index) {
    List<Integer> each = metadata.getColumnCharsets();
    if (each != null) {
      return index < each.size() ? each.get(index) : -1;
    }
    DefaultCharset common = metadata.getDefaultCharset();
    if (common == null) {
      return -1;
    }
    Map<Integer, Integer> others = common.getCharsetCollations();
    Integer own = others == null ? null : others.get(index);
    return own == null ? common.getDefaultCharsetCollation() : own;
  }
}
