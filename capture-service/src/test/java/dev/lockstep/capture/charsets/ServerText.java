package dev.lockstep.capture.charsets;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a real server makes of byte sequences: whether a column of a character set can hold them,
 * and the text that it converts them to. It works in temporary tables of its own connection.
 */
final class ServerText implements AutoCloseable {
  private final Connection connection;
  private final Statement statement;

  ServerText(Connection connection) throws SQLException {
    this.connection = connection;
    this.statement = connection.createStatement();
    statement.execute("SET sql_mode = '', sql_log_bin = 0");
    statement.execute("CREATE DATABASE IF NOT EXISTS server_text");
    statement.execute("USE server_text");
    statement.execute("CREATE TEMPORARY TABLE bytes (v BINARY(1) PRIMARY KEY)");
    StringBuilder values = new StringBuilder("(x'00')");
    for (int b = 1; b < 256; b++) {
      values.append(",(x'%02x')".formatted(b));
    }
    statement.execute("INSERT INTO bytes VALUES " + values);
    statement.execute("CREATE TEMPORARY TABLE bytes2 AS SELECT * FROM bytes");
  }

  /** Bytes that a column can hold, and their text. */
  record Held(byte[] bytes, String text) {}

  /** The names that {@code SHOW CHARACTER SET} lists under a condition. */
  List<String> charsets(String condition) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("SHOW CHARACTER SET WHERE " + condition)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** A line per character set: its name and the numbers of its collations. */
  String collations() throws SQLException {
    Map<String, String> lines = new TreeMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT character_set_name, CAST(id AS CHAR) FROM information_schema.collations ORDER BY id")) {
      while (rows.next()) {
        lines.merge(rows.getString(1), " " + rows.getString(2), String::concat);
      }
    }
    return lines.entrySet().stream()
        .map(line -> line.getKey() + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Every sequence of one byte. */
  List<Held> singles(String charset) throws SQLException {
    return held(charset, "SELECT v, v FROM bytes");
  }

  /** Every sequence of two bytes. */
  List<Held> pairs(String charset) throws SQLException {
    return held(charset, "SELECT CONCAT(a.v, b.v), CONCAT(a.v, b.v) FROM bytes a, bytes2 b");
  }

  /** Every sequence of three bytes from this first one. */
  List<Held> triples(String charset, int first) throws SQLException {
    String sequence = "CONCAT(x'%02x', a.v, b.v)".formatted(first);
    return held(charset, "SELECT %1$s, %1$s FROM bytes a, bytes2 b".formatted(sequence));
  }

  private List<Held> held(String charset, String sequences) throws SQLException {
    statement.execute("DROP TEMPORARY TABLE IF EXISTS t");
    statement.execute(
        "CREATE TEMPORARY TABLE t (b VARBINARY(8), s VARCHAR(8) CHARACTER SET " + charset + ")");
    statement.execute("INSERT IGNORE INTO t " + sequences);
    List<Held> found = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT b, CAST(CONVERT(s USING utf8mb4) AS BINARY) FROM t WHERE CAST(s AS BINARY) = b")) {
      while (rows.next()) {
        found.add(new Held(rows.getBytes(1), utf8(rows.getBytes(2))));
      }
    }
    return found;
  }

  /** The text of one long value that a column can hold. */
  String text(String charset, byte[] value) throws SQLException {
    statement.execute("DROP TEMPORARY TABLE IF EXISTS t");
    statement.execute("CREATE TEMPORARY TABLE t (s LONGTEXT CHARACTER SET " + charset + ")");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setBytes(1, value);
      insert.execute();
    }
    try (ResultSet row =
        statement.executeQuery(
            "SELECT CAST(CONVERT(s USING utf8mb4) AS BINARY), LENGTH(s) FROM t")) {
      row.next();
      if (row.getInt(2) != value.length) {
        throw new IllegalArgumentException(
            "%s holds only %d of %d bytes".formatted(charset, row.getInt(2), value.length));
      }
      return utf8(row.getBytes(1));
    }
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    connection.close();
  }
}
