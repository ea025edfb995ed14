package dev.lockstep.capture.ddl;

import static java.util.Map.entry;

import io.debezium.relational.Column;
import io.debezium.relational.ColumnEditor;
import java.sql.Types;
import java.util.Locale;
import java.util.Map;

/**
 * Gives a column of a DDL the type that MySQL's SHOW CREATE TABLE shows for it: MySQL's names for
 * its synonyms, and bytes where a text type has the character set {@code binary}. So a table has
 * one schema, whether it was there before the connector or came by the stream.
 */
final class TypeNames {
  private static final int LONGEST_FLOAT = 24;

  /** Those of a VECTOR that names none. */
  private static final int DIMENSIONS = 2048;

  /** A type's own name, with the JDBC type that Debezium's parser gives it. */
  private record Type(String name, int jdbc) {}

  private static final Type TINYINT = new Type("TINYINT", Types.SMALLINT);
  private static final Type SMALLINT = new Type("SMALLINT", Types.SMALLINT);
  private static final Type MEDIUMINT = new Type("MEDIUMINT", Types.INTEGER);
  private static final Type INT = new Type("INT", Types.INTEGER);
  private static final Type BIGINT = new Type("BIGINT", Types.BIGINT);
  private static final Type FLOAT = new Type("FLOAT", Types.FLOAT);
  private static final Type DOUBLE = new Type("DOUBLE", Types.DOUBLE);
  private static final Type DECIMAL = new Type("DECIMAL", Types.DECIMAL);
  private static final Type CHAR = new Type("CHAR", Types.CHAR);
  private static final Type VARCHAR = new Type("VARCHAR", Types.VARCHAR);
  private static final Type MEDIUMTEXT = new Type("MEDIUMTEXT", Types.VARCHAR);
  private static final Type BINARY = new Type("BINARY", Types.BINARY);
  private static final Type VARBINARY = new Type("VARBINARY", Types.VARBINARY);
  private static final Type MEDIUMBLOB = new Type("MEDIUMBLOB", Types.BLOB);
  private static final Type GEOMCOLLECTION = new Type("GEOMCOLLECTION", Types.OTHER);

  private static final Map<String, Type> SYNONYMS =
      Map.ofEntries(
          entry("BOOL", TINYINT),
          entry("BOOLEAN", TINYINT),
          entry("INT1", TINYINT),
          entry("INT2", SMALLINT),
          entry("INT3", MEDIUMINT),
          entry("MIDDLEINT", MEDIUMINT),
          entry("INT4", INT),
          entry("INTEGER", INT),
          entry("INT8", BIGINT),
          entry("FLOAT4", FLOAT),
          entry("FLOAT8", DOUBLE),
          entry("REAL", DOUBLE),
          entry("DOUBLE PRECISION", DOUBLE),
          entry("DEC", DECIMAL),
          entry("NUMERIC", DECIMAL),
          entry("FIXED", DECIMAL),
          entry("CHARACTER", CHAR),
          entry("NCHAR", CHAR),
          entry("NATIONAL CHAR", CHAR),
          entry("NATIONAL CHARACTER", CHAR),
          entry("VARCHARACTER", VARCHAR),
          entry("CHAR VARYING", VARCHAR),
          entry("CHARACTER VARYING", VARCHAR),
          entry("NVARCHAR", VARCHAR),
          entry("NCHAR VARCHAR", VARCHAR),
          entry("NCHAR VARCHARACTER", VARCHAR),
          entry("NCHAR VARYING", VARCHAR),
          entry("NATIONAL VARCHAR", VARCHAR),
          entry("NATIONAL VARCHARACTER", VARCHAR),
          entry("NATIONAL CHAR VARYING", VARCHAR),
          entry("NATIONAL CHARACTER VARYING", VARCHAR),
          entry("LONG", MEDIUMTEXT),
          entry("LONG VARCHAR", MEDIUMTEXT),
          entry("LONG VARCHARACTER", MEDIUMTEXT),
          entry("LONG CHAR VARYING", MEDIUMTEXT),
          entry("LONG CHARACTER VARYING", MEDIUMTEXT),
          entry("LONG VARBINARY", MEDIUMBLOB),
          entry("GEOMETRYCOLLECTION", GEOMCOLLECTION));

  private static final Map<String, Type> BYTES =
      Map.of(
          "CHAR",
          BINARY,
          "VARCHAR",
          VARBINARY,
          "TINYTEXT",
          new Type("TINYBLOB", Types.BLOB),
          "TEXT",
          new Type("BLOB", Types.BLOB),
          "MEDIUMTEXT",
          MEDIUMBLOB,
          "LONGTEXT",
          new Type("LONGBLOB", Types.BLOB));

  private TypeNames() {}

  /** The column as SHOW CREATE TABLE would have it. */
  static Column shown(Column column) {
    String upper = column.typeName().toUpperCase(Locale.ROOT);
    boolean bytes = upper.contains(ByteTypes.BYTE) || isBinary(column);
    Words words = Words.of(upper.replace(ByteTypes.BYTE, ""));
    Type synonym = SYNONYMS.get(words.name);
    String name = synonym == null ? words.name : synonym.name;
    Type asBytes = bytes ? BYTES.get(name) : null;
    Type type = asBytes == null ? synonym : asBytes;
    ColumnEditor shown = column.edit().type((type == null ? name : type.name) + words.options);
    if (type != null) {
      shown.jdbcType(type.jdbc);
    }
    if (asBytes != null) {
      shown.charsetName(null).charsetNameOfTable(null);
    }
    length(shown, words.name, type == null ? name : type.name);
    return shown.create();
  }

  private static void length(ColumnEditor column, String written, String name) {
    switch (name) {
      case "TINYINT" -> {
        if (written.startsWith("BOOL")) {
          column.length(1);
        } else if (column.length() != 1) {
          column.unsetLength();
        }
      }
      // A display width, which MySQL shows for ZEROFILL only.
      case "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "YEAR" -> column.unsetLength();
      case "CHAR", "BINARY" -> {
        if (column.length() < 0) {
          column.length(1);
        }
      }
      case "VECTOR" -> {
        if (column.length() < 0) {
          column.length(DIMENSIONS);
        }
      }
      case "FLOAT" -> {
        if (column.scale().isEmpty() && column.length() > 0) {
          floatOfDigits(column);
        }
      }
      default -> {
        // The others have the length that was written.
      }
    }
  }

  /** FLOAT(p): MySQL keeps the type that has so many binary digits, and forgets their number. */
  private static void floatOfDigits(ColumnEditor column) {
    if (column.length() > LONGEST_FLOAT) {
      column.type(column.typeName().replace(FLOAT.name, DOUBLE.name)).jdbcType(DOUBLE.jdbc);
    }
    column.unsetLength();
  }

  private static boolean isBinary(Column column) {
    return "binary".equalsIgnoreCase(column.charsetName());
  }

  /** A type's name, and UNSIGNED and ZEROFILL after it. */
  private record Words(String name, String options) {
    static Words of(String typeName) {
      String all = typeName.strip().replaceAll("\\s+", " ");
      all = all.replaceAll(" SIGNED\\b", "");
      if (all.endsWith(" BINARY") && !all.equals("LONG BINARY")) {
        all = all.substring(0, all.length() - " BINARY".length());
      }
      int options = all.indexOf(" UNSIGNED");
      return options < 0
          ? new Words(all, "")
          : new Words(all.substring(0, options), all.substring(options));
    }
  }
}
