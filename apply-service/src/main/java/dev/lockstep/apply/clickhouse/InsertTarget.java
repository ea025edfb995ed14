package dev.lockstep.apply.clickhouse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where rows go. Never changes. */
public final class InsertTarget {
  private final TableName name;
  private final String table;
  private final byte[] header;

  /**
   * A table's columns.
   *
   * @param name the table
   * @param columns the names of the columns in the rows' order, as they are
   */
  public InsertTarget(TableName name, List<String> columns) {
    this.name = name;
    this.table = name.quoted();
    this.header = header(columns);
  }

  /** The table. */
  public TableName name() {
    return name;
  }

  /** The table with its database, quoted. */
  public String table() {
    return table;
  }

  /**
   * Writes what goes before the rows in ClickHouse's RowBinaryWithNames. The names stand there and
   * not in the statement, as a statement of more than 128 KiB is refused in a URL.
   */
  void writeHeader(OutputStream out) throws IOException {
    out.write(header);
  }

  private static byte[] header(List<String> columns) {
    var out = new ByteArrayOutputStream();
    writeLength(columns.size(), out);
    for (String column : columns) {
      byte[] name = column.getBytes(StandardCharsets.UTF_8);
      writeLength(name.length, out);
      out.writeBytes(name);
    }
    return out.toByteArray();
  }

  private static void writeLength(int length, ByteArrayOutputStream out) {
    int rest = length;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
