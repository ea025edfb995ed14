package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of the captured columns as an initial snapshot does. */
final class RowReader {
  /** Rows that were read together are in memory until they are published. */
  static final long MOST_BYTES = 16L * 1024 * 1024;

  /** How many the server is asked for at once. */
  static final int FETCH_ROWS = 256;

  private final BinlogConnectorConfig config;
  private final BinlogConnectorConnection source;

  RowReader(BinlogConnectorConfig config, BinlogConnectorConnection source) {
    this.config = config;
    this.source = source;
  }

  /** The columns to ask for, in their order. */
  List<Column> columns(Table table) {
    TableId id = table.id();
    return table.columns().stream()
        .filter(
            column ->
                config
                    .getColumnFilter()
                    .matches(id.catalog(), id.schema(), id.table(), column.name()))
        .toList();
  }

  /** The row's values by the position of their columns in the table. */
  Object[] read(ResultSet row, List<Column> columns, Table table) throws SQLException {
    Object[] values = new Object[table.columns().size()];
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      values[column.position() - 1] = source.getColumnValue(row, i + 1, column, table);
    }
    return values;
  }

  /** About how many bytes a row takes in memory. */
  static long size(Object[] row) {
    long bytes = 0;
    for (Object value : row) {
      bytes += size(value);
    }
    return bytes;
  }

  private static long size(@Nullable Object value) {
    return switch (value) {
      case null -> 8;
      case byte[] bytes -> 32L + bytes.length;
      case String text -> 40L + text.length();
      default -> 32;
    };
  }
}
