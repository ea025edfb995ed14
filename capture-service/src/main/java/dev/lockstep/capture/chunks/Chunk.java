package dev.lockstep.capture.chunks;

import io.debezium.relational.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read and wait until the stream has come to where they were read. Whatever the
 * stream says of a row meanwhile is at least as new, so such a row is taken out.
 */
final class Chunk implements Waiting {
  /** A row and its place. */
  static final class Row {
    private final Object[] values;
    private final List<String> key;

    /** The values by the position of the column, and the texts of the row's key. */
    Row(Object[] values, List<String> key) {
      this.values = values;
      this.key = key;
    }

    Object[] values() {
      return values;
    }

    List<String> key() {
      return key;
    }
  }

  private final TableId table;
  private final List<String> lastKey;
  private final String readAt;
  private final long ddl;
  private final boolean early;
  private final Map<Struct, Row> rows = new LinkedHashMap<>();
  private final int rowsRead;

  private Chunk(
      TableId table, List<String> lastKey, String readAt, long ddl, int rowsRead, boolean early) {
    this.table = table;
    this.lastKey = lastKey;
    this.readAt = readAt;
    this.ddl = ddl;
    this.rowsRead = rowsRead;
    this.early = early;
  }

  /**
   * Rows that were read.
   *
   * @param table whose rows they are
   * @param rows each by its message key, in the order of the table's key
   * @param rowsRead how many
   * @param lastKey the key of the last row
   * @param readAt the transactions that the source had executed after reading
   * @param ddl how many DDL statements the stream had brought
   * @param early whether the rows need not wait for the stream
   */
  static Chunk of(
      TableId table,
      Map<Struct, Row> rows,
      int rowsRead,
      List<String> lastKey,
      String readAt,
      long ddl,
      boolean early) {
    Chunk chunk = new Chunk(table, lastKey, readAt, ddl, rowsRead, early);
    chunk.rows.putAll(rows);
    return chunk;
  }

  /** The stream has told something newer of a row. */
  void drop(Object dataCollection, @Nullable Object key) {
    if (key instanceof Struct struct && table.equals(dataCollection)) {
      rows.remove(struct);
    }
  }

  @Override
  public String what() {
    return table.identifier();
  }

  TableId table() {
    return table;
  }

  List<Row> rows() {
    return new ArrayList<>(rows.values());
  }

  int rowsRead() {
    return rowsRead;
  }

  List<String> lastKey() {
    return lastKey;
  }

  String readAt() {
    return readAt;
  }

  /** A DDL since may have made the table another, or taken it away. */
  @Override
  public boolean isOutdated(long ddlNow) {
    return ddl != ddlNow;
  }

  /**
   * Whether the rows can be handed on before the stream has come to where they were read. What the
   * stream brings of them is handed on after them, so the end is the same.
   */
  boolean isEarly() {
    return early;
  }

  @Override
  public boolean isDue(StreamPosition stream) {
    return early || stream.isPast(readAt);
  }
}
