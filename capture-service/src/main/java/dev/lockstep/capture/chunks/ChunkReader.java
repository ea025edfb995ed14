package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks over the connector's own connection, each in a read-only transaction of its own:
 * nothing is ever written to the source. Values are read as in an initial snapshot.
 */
final class ChunkReader {
  private static final int FIRST_ROWS = 256;
  private static final String KEY_TYPES =
      """
      SELECT column_name, data_type, character_set_name FROM information_schema.columns
        WHERE table_schema = ? AND table_name = ?
      """;

  private final SourceSession session;
  private final BinlogConnectorConfig config;
  private final RowReader reader;
  private int limit = FIRST_ROWS;

  /** Rows of a table, and the texts of the last one's key. */
  record Rows(Map<Struct, Chunk.Row> byKey, int count, List<String> lastKey) {}

  ChunkReader(SourceSession session, BinlogConnectorConfig config) {
    this.session = session;
    this.config = config;
    this.reader = new RowReader(config, session.source());
  }

  /**
   * The statements for a table that has a key.
   *
   * @throws IllegalArgumentException when its key can be NULL, with the way out
   */
  ChunkQuery query(Table table, @Nullable String filter) throws SQLException {
    List<String> key = keyOf(table);
    requireNoNulls(table, key);
    Map<String, KeyColumn> columns =
        session.inTransaction(connection -> columns(connection, table.id()));
    List<KeyColumn> ordered = new ArrayList<>();
    for (String name : key) {
      KeyColumn column = columns.get(name);
      if (column == null) {
        throw new SQLException("Its key column " + name + " is not there any more");
      }
      ordered.add(column);
    }
    return new ChunkQuery(
        table.id(), reader.columns(table).stream().map(Column::name).toList(), ordered, filter);
  }

  /** Rows with NULL would be found by no comparison: they would be left out. */
  private static void requireNoNulls(Table table, List<String> key) {
    for (String name : key) {
      if (table.columnWithName(name).isOptional()) {
        throw new IllegalArgumentException(
            "Its key column "
                + name
                + ", which message.key.columns names, can be NULL: such rows can't be told apart. Make"
                + " it NOT NULL, or name other columns in message.key.columns");
      }
    }
  }

  boolean hasKey(Table table) {
    return !keyOf(table).isEmpty();
  }

  /** The primary key in the order of its index, else what the connector's config calls the key. */
  private List<String> keyOf(Table table) {
    if (!table.primaryKeyColumnNames().isEmpty()) {
      return table.primaryKeyColumnNames();
    }
    return config.getKeyMapper() == null
        ? List.of()
        : config.getKeyMapper().getKeyKolumns(table).stream().map(Column::name).toList();
  }

  private static Map<String, KeyColumn> columns(Connection connection, TableId table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEY_TYPES)) {
      statement.setString(1, table.catalog());
      statement.setString(2, table.table());
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, KeyColumn> columns = new HashMap<>();
        while (rows.next()) {
          String name = rows.getString(1);
          columns.put(name, KeyColumn.of(name, rows.getString(2), rows.getString(3)));
        }
        return columns;
      }
    }
  }

  /** The key that a table is to be read to; empty when there is nothing to read. */
  Optional<List<String>> lastKey(ChunkQuery query) throws SQLException {
    limit = Math.min(FIRST_ROWS, config.getIncrementalSnapshotChunkSize());
    return session.inTransaction(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(query.lastKey());
              ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(texts(rows, 1, query.key())) : Optional.empty();
          }
        });
  }

  /** From the binary protocol of prepared statements, where a double has all its digits. */
  private static List<String> texts(ResultSet rows, int from, List<KeyColumn> key)
      throws SQLException {
    List<String> texts = new ArrayList<>(key.size());
    for (int i = 0; i < key.size(); i++) {
      texts.add(key.get(i).read(rows, from + i));
    }
    return texts;
  }

  /** The next rows; empty when the table is read to its last key. */
  Optional<Rows> rows(
      ChunkQuery query,
      Table table,
      TableSchema schema,
      @Nullable List<String> after,
      List<String> last)
      throws SQLException {
    return session.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(query.chunk(after, last, limit))) {
            statement.setFetchSize(RowReader.FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
              return take(query, table, schema, rows);
            }
          }
        });
  }

  private Optional<Rows> take(ChunkQuery query, Table table, TableSchema schema, ResultSet rows)
      throws SQLException {
    List<Column> columns = reader.columns(table);
    Map<Struct, Chunk.Row> byKey = new LinkedHashMap<>();
    List<String> lastKey = List.of();
    long bytes = 0;
    int count = 0;
    while (bytes < RowReader.MOST_BYTES && rows.next()) {
      Object[] row = reader.read(rows, columns, table);
      bytes += RowReader.size(row);
      lastKey = texts(rows, columns.size() + 1, query.key());
      byKey.put(schema.keyFromColumnData(row), new Chunk.Row(row, lastKey));
      count++;
    }
    adaptLimit(bytes, count);
    return count == 0 ? Optional.empty() : Optional.of(new Rows(byKey, count, lastKey));
  }

  /** As many rows as have been RowReader.MOST_BYTES in the chunk before. */
  private void adaptLimit(long bytes, int count) {
    if (count > 0) {
      long fit = RowReader.MOST_BYTES * count / Math.max(1, bytes);
      limit = Math.clamp(fit, 1, config.getIncrementalSnapshotChunkSize());
    }
  }
}
