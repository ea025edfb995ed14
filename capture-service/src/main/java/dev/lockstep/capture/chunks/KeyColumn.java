package dev.lockstep.capture.chunks;

import io.debezium.relational.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column that chunks are ordered by. Its values are never brought into Java's types and back, for
 * a chunk must begin exactly after the last one: the server writes a value as ASCII text, and reads
 * it again as a literal that compares as the column is sorted.
 *
 * @param name the column's name
 * @param form how its values are written
 * @param charset the character set of a text column, else empty
 */
record KeyColumn(String name, Form form, String charset) {
  private static final Set<String> BYTES =
      Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");
  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          Map.entry("enum", Form.ORDINAL),
          Map.entry("set", Form.ORDINAL),
          Map.entry("bit", Form.ORDINAL),
          Map.entry("float", Form.FLOAT),
          Map.entry("double", Form.FLOAT),
          Map.entry("date", Form.DATE),
          Map.entry("datetime", Form.DATE),
          Map.entry("timestamp", Form.DATE),
          Map.entry("uuid", Form.DATE),
          Map.entry("inet4", Form.DATE),
          Map.entry("inet6", Form.DATE),
          Map.entry("time", Form.TIME));

  /** Ways to write a value as ASCII, and as a literal. */
  enum Form {
    /** The bytes of the column's character set, in hex: no character is lost on the way. */
    TEXT,
    /** In hex. */
    BYTES,
    /** ENUM, SET and BIT are sorted by number; compared with a text they would be texts. */
    ORDINAL,
    /** Whole numbers, decimals and years. */
    NUMBER,
    /** As a double, which is read as one: MySQL's own text of it is cut at 22 characters. */
    FLOAT,
    /** Dates with and without time of day, zero dates too; and MariaDB's UUID and INET. */
    DATE,
    /** Hours can be three digits, with a sign. */
    TIME
  }

  /** By MySQL's own names of type and character set. */
  static KeyColumn of(String name, String dataType, @Nullable String charset) {
    String type = dataType.toLowerCase(Locale.ROOT);
    if (FORMS.containsKey(type)) {
      return new KeyColumn(name, Objects.requireNonNull(FORMS.get(type)), "");
    }
    if (BYTES.contains(type)) {
      return new KeyColumn(name, Form.BYTES, "");
    }
    return charset == null
        ? new KeyColumn(name, Form.NUMBER, "")
        : new KeyColumn(name, Form.TEXT, charset);
  }

  String quoted() {
    return quote(name);
  }

  static String quoted(TableId table) {
    return quote(table.catalog()) + "." + quote(table.table());
  }

  static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  /** What gives a value's text. */
  String text() {
    return switch (form) {
      case TEXT, BYTES -> "HEX(" + quoted() + ")";
      case ORDINAL -> "CAST(" + quoted() + " + 0 AS CHAR)";
      case FLOAT -> "CAST(" + quoted() + " AS DOUBLE)";
      case NUMBER, DATE, TIME -> "CAST(" + quoted() + " AS CHAR)";
    };
  }

  /** The text that stands in a column of a result. */
  String read(ResultSet rows, int index) throws SQLException {
    return form == Form.FLOAT
        ? Double.toString(rows.getDouble(index))
        : Objects.requireNonNull(rows.getString(index));
  }

  /** What is compared with a literal; the column itself where its index can be used. */
  String comparand() {
    return form == Form.ORDINAL ? quoted() + " + 0" : quoted();
  }

  /** The literal of a value's text. */
  String literal(String text) {
    return switch (form) {
      case TEXT -> "_" + charset + " X'" + text + "'";
      case BYTES -> "X'" + text + "'";
      case ORDINAL, NUMBER -> text;
      case FLOAT -> "CAST('" + text + "' AS DOUBLE)";
      case DATE -> "'" + text + "'";
      case TIME -> "CAST('" + text + "' AS TIME(6))";
    };
  }
}
