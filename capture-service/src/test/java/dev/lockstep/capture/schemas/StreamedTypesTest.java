package dev.lockstep.capture.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.RowStream;
import dev.lockstep.capture.charsets.TextConverter;
import dev.lockstep.capture.json.JsonTextConverter;
import dev.lockstep.common.schema.Column;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A table that was there before the connector is known by SHOW CREATE TABLE, its twin that comes by
 * the stream by what someone typed: both must have the same schema and the same rows.
 */
@Tag("types")
@ExtendWith(Servers.class)
class StreamedTypesTest {
  /** Those that the page on types does not write out. */
  private static final List<String> MORE =
      List.of(
          "INT1(1)",
          "INTEGER SIGNED",
          "INT4 UNSIGNED ZEROFILL",
          "BOOL NOT NULL DEFAULT TRUE",
          "FLOAT(20)",
          "REAL UNSIGNED",
          "DOUBLE PRECISION(9, 2)",
          "NUMERIC UNSIGNED ZEROFILL",
          "VARCHARACTER(9)",
          "NATIONAL VARCHARACTER(9)",
          "LONG CHAR VARYING",
          "CHAR VARYING(9) BYTE",
          "VARCHAR(9) BYTE",
          "TEXT BYTE",
          "CHAR(3) CHARACTER SET binary",
          "VARCHAR(9) CHARACTER SET binary",
          "TINYTEXT CHARACTER SET binary",
          "TEXT CHARACTER SET binary",
          "MEDIUMTEXT CHARSET binary",
          "LONGTEXT CHARSET 'BINARY'",
          "ENUM('ä', 'b') CHARACTER SET binary",
          "VARCHAR(9) COLLATE utf8mb4_bin");

  /** With defaults in forms that SHOW CREATE TABLE does not show. */
  private static final List<String> ODD_DEFAULTS =
      Stream.of(
              "INT %s DEFAULT '5'",
              "INT %s DEFAULT 0x10",
              "INT %s DEFAULT X'10'",
              "INT %s DEFAULT b'101'",
              "INT %s DEFAULT 1.4",
              "INT %s DEFAULT 1e2",
              "INT %s DEFAULT (1 + 1)",
              "BIGINT UNSIGNED %s DEFAULT 18446744073709551615",
              "BOOL %s DEFAULT '1'",
              "BOOL %s DEFAULT 0x01",
              "BIT(1) %s DEFAULT 0x01",
              "BIT(8) %s DEFAULT 5",
              "BIT(8) %s DEFAULT 0x05",
              "BIT(8) %s DEFAULT X'05'",
              "BIT(64) %s DEFAULT 18446744073709551615",
              "DECIMAL(10, 2) %s DEFAULT 1e2",
              "DECIMAL(10, 2) %s DEFAULT '7'",
              "DECIMAL(10, 2) %s DEFAULT 0x10",
              "FLOAT %s DEFAULT '-1e-3'",
              "DOUBLE %s DEFAULT 0x10",
              "DATE %s DEFAULT 20240101",
              "DATE %s DEFAULT '24-1-1'",
              "DATE %s DEFAULT (DATE'2024-01-01')",
              "TIME %s DEFAULT 0",
              "TIME %s DEFAULT '10'",
              "TIME(3) %s DEFAULT 101112.5",
              "TIME %s DEFAULT '1 10:00'",
              "TIME %s DEFAULT (TIME'10:00:00')",
              "DATETIME %s DEFAULT 20240101",
              "DATETIME %s DEFAULT 20240101000000",
              "DATETIME %s DEFAULT '2024-01-01'",
              "DATETIME %s DEFAULT (TIMESTAMP'2024-01-01 00:00:00')",
              "TIMESTAMP %s DEFAULT 20240101000000",
              "TIMESTAMP %s DEFAULT '2024-01-01T00:00:00'",
              "TIMESTAMP %s DEFAULT '2024-01-01 00:00:00+02:00'",
              "TIMESTAMP %s DEFAULT (TIMESTAMP'2024-01-01 00:00:00')",
              "TIMESTAMP(3) %s DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)",
              "YEAR %s DEFAULT '24'",
              "YEAR %s DEFAULT 70",
              "CHAR(5) %s DEFAULT 7",
              "VARCHAR(9) %s DEFAULT N'x'",
              "VARCHAR(9) %s DEFAULT X'41'",
              "VARBINARY(9) %s DEFAULT X'FF00'",
              "BINARY(3) %s DEFAULT 0x41",
              "ENUM('a', 'b') %s DEFAULT 'b'",
              "JSON %s DEFAULT (JSON_OBJECT('a', 1))")
          .flatMap(type -> Stream.of(type.formatted("NULL"), type.formatted("NOT NULL")))
          .toList();

  @Test
  void aStreamedTableIsReadAsItsTwinOfTheSnapshot(MySqlServer mysql) throws Exception {
    Map<String, String> documented = DocumentedTypes.written();
    List<String> types = new ArrayList<>(documented.values());
    types.addAll(MORE);
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE streamed_types");
      statement.execute("USE streamed_types");
      statement.execute(table("twin", types, ""));
      statement.execute(table("bytes_twin", List.of("CHAR(3)", "TEXT"), " CHARSET=binary"));
      try (RowStream stream =
          new RowStream(
              mysql,
              "streamed_types",
              TextConverter.class,
              Map.of(
                  "converters",
                  "ours,json",
                  "json.type",
                  JsonTextConverter.class.getName(),
                  "column.propagate.source.type",
                  ".*",
                  "include.schema.comments",
                  "true"))) {
        statement.execute(table("streamed", types, ""));
        statement.execute(table("altered", types.subList(0, 1), ""));
        statement.execute(added("altered", types));
        statement.execute(table("bytes_streamed", List.of("CHAR(3)", "TEXT"), " CHARSET=binary"));
        for (String table : List.of("twin", "streamed", "altered")) {
          statement.execute(row(table, types));
        }
        for (String table : List.of("bytes_twin", "bytes_streamed")) {
          statement.execute("INSERT INTO " + table + " VALUES (x'FF00FE', x'FF0080')");
        }
        Struct twin = stream.inserted("twin", 1).getFirst();
        RecordedColumns.assertRecorded(byName(documented.keySet(), twin));
        assertSame(stream.inserted("streamed", 1).getFirst(), twin, types);
        assertSame(stream.inserted("altered", 1).getFirst(), twin, types);
        Struct bytes = stream.inserted("bytes_twin", 1).getFirst();
        assertSame(stream.inserted("bytes_streamed", 1).getFirst(), bytes, types);
      }
    }
  }

  @Test
  void aDefaultMayBeWrittenInAnyFormThatMySqlTakes(MySqlServer mysql) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE odd_defaults");
      statement.execute("USE odd_defaults");
      statement.execute(table("twin", ODD_DEFAULTS, ""));
      try (RowStream stream =
          new RowStream(
              mysql,
              "odd_defaults",
              TextConverter.class,
              Map.of(
                  "column.propagate.source.type",
                  ".*",
                  "event.converting.failure.handling.mode",
                  "fail"))) {
        statement.execute(table("streamed", ODD_DEFAULTS, ""));
        statement.execute(table("altered", ODD_DEFAULTS.subList(0, 1), ""));
        statement.execute(added("altered", ODD_DEFAULTS));
        statement.execute("SET timestamp = 1700000000.125"); // one CURRENT_TIMESTAMP for all
        for (String table : List.of("twin", "streamed", "altered")) {
          statement.execute("INSERT INTO " + table + " VALUES ()");
        }
        Struct twin = stream.inserted("twin", 1).getFirst();
        assertSame(stream.inserted("streamed", 1).getFirst(), twin, ODD_DEFAULTS);
        assertSame(stream.inserted("altered", 1).getFirst(), twin, ODD_DEFAULTS);
      }
    }
  }

  private static Map<String, Column> byName(Set<String> names, Struct row) {
    Iterator<Column> columns = SchemaReader.columns(row.schema()).iterator();
    Map<String, Column> byName = new LinkedHashMap<>();
    names.forEach(name -> byName.put(name, columns.next()));
    return byName;
  }

  private static void assertSame(Struct streamed, Struct twin, List<String> types) {
    for (int i = 0; i < twin.schema().fields().size(); i++) {
      assertThat(SchemaReader.columns(streamed.schema()).get(i))
          .as(types.get(i))
          .isEqualTo(SchemaReader.columns(twin.schema()).get(i));
    }
    assertThat(json(streamed)).isEqualTo(json(twin));
  }

  private static String json(Struct row) {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "false"), false);
      return new String(converter.fromConnectData("t", row.schema(), row), StandardCharsets.UTF_8);
    }
  }

  private static String table(String name, List<String> types, String options) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> "c" + i + " " + types.get(i))
        .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")"))
        .concat(options);
  }

  private static String added(String name, List<String> types) {
    return IntStream.range(1, types.size())
        .mapToObj(i -> "ADD c" + i + " " + types.get(i))
        .collect(Collectors.joining(", ", "ALTER TABLE " + name + " ", ""));
  }

  private static String row(String table, List<String> types) {
    return types.stream()
        .map(StreamedTypesTest::value)
        .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES (", ")"));
  }

  private static String value(String type) {
    if (type.matches("(BOOL|INT1|TINYINT).*")) {
      return "5";
    }
    if (type.matches("(BIT|INT|TINYINT|SMALLINT|MEDIUMINT|MIDDLEINT|BIGINT|SERIAL).*")) {
      return "1";
    }
    if (type.matches("(DEC|NUM|FIXED).*")) {
      return "7";
    }
    if (type.matches("(FLOAT8|DOUBLE|REAL).*")) {
      return type.contains(",") ? "0.25" : "0.1";
    }
    if (type.startsWith("FLOAT")) {
      return "0.5";
    }
    return other(type);
  }

  private static String other(String type) {
    return switch (type.replaceAll("\\W.*", "")) {
      case "DATE" -> "'2024-02-29'";
      case "DATETIME", "TIMESTAMP" -> "'2024-02-29 12:34:56'";
      case "TIME" -> "'-12:34:56'";
      case "YEAR" -> "2024";
      case "JSON" -> "'{\"a\": 1.5}'";
      case "ENUM", "SET" -> "'b'";
      case "VECTOR" -> "TO_VECTOR('[1, 2]')";
      case "GEOMETRY", "POINT" -> "ST_GeomFromText('POINT(1 2)')";
      case "LINESTRING" -> "ST_GeomFromText('LINESTRING(1 2, 3 4)')";
      case "POLYGON" -> "ST_GeomFromText('POLYGON((0 0, 1 0, 1 1, 0 0))')";
      case "MULTIPOINT" -> "ST_GeomFromText('MULTIPOINT(1 2)')";
      case "MULTILINESTRING" -> "ST_GeomFromText('MULTILINESTRING((1 2, 3 4))')";
      case "MULTIPOLYGON" -> "ST_GeomFromText('MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))')";
      case "GEOMETRYCOLLECTION", "GEOMCOLLECTION" ->
          "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))')";
      default -> type.matches(".*(BYTE|binary|BLOB|VARBINARY|BINARY').*") ? "x'FF'" : "'x'";
    };
  }
}
