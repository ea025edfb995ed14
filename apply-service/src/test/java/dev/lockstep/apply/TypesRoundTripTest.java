package dev.lockstep.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.settings.ClickHouseSettings;
import dev.lockstep.apply.tables.PreparedTable;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type's values, written as the service writes them and read back by SQL. */
@Tag("main-job")
@ExtendWith(Servers.class)
class TypesRoundTripTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  /**
   * A column, and what becomes of values in it.
   *
   * @param column the column in the source, nullable
   * @param targetType its type in the target, NOT NULL
   * @param good values as JSON, each followed by what SQL shows
   * @param bad values as JSON that must be refused
   */
  record Case(Column column, String targetType, List<String> good, List<String> bad) {
    @Override
    public String toString() {
      return column.type() + " over " + column.wire().type() + " " + column.wire().semantic();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(integers(), others(), decimals(), times()).flatMap(s -> s);
  }

  private static Stream<Case> integers() {
    return Stream.of(
        integer("TINYINT", "int16", "Int8", "-128", "127"),
        integer("TINYINT UNSIGNED", "int16", "UInt8", "0", "255"),
        integer("TINYINT UNSIGNED ZEROFILL", "int16", "UInt8", "0", "255"),
        integer("BOOL", "int16", "Int8", "-128", "127"),
        integer("SMALLINT", "int16", "Int16", "-32768", "32767"),
        integer("SMALLINT UNSIGNED", "int32", "UInt16", "0", "65535"),
        integer("MEDIUMINT", "int32", "Int32", "-8388608", "8388607", "2147483648"),
        integer("MEDIUMINT UNSIGNED", "int32", "UInt32", "0", "16777215", "x"),
        integer("INT", "int32", "Int32", "-2147483648", "2147483647"),
        integer("INTEGER", "int32", "Int32", "-2147483648", "2147483647"),
        integer("INT UNSIGNED", "int64", "UInt32", "0", "4294967295"),
        integer("INT UNSIGNED ZEROFILL", "int64", "UInt32", "0", "4294967295"),
        integer("INT ZEROFILL", "int64", "UInt32", "0", "4294967295"),
        integer("BIGINT", "int64", "Int64", "-9223372036854775808", "9223372036854775807"),
        new Case(
            column("BIGINT UNSIGNED", null, null, "int64", null, Map.of()),
            "UInt64",
            List.of(
                "0",
                "0",
                "-2",
                "18446744073709551614",
                "-9223372036854775808",
                "9223372036854775808"),
            List.of("9223372036854775808", "1.5", "\"1\"", "true")),
        new Case(
            column(
                "BIGINT UNSIGNED",
                null,
                null,
                "bytes",
                "org.apache.kafka.connect.data.Decimal",
                Map.of("scale", "0")),
            "UInt64",
            List.of(unscaled("0"), "0", unscaled("18446744073709551615"), "18446744073709551615"),
            List.of(unscaled("18446744073709551616"), unscaled("-1"), "\"\"", "\"%\"")));
  }

  private static Case integer(
      String type, String wire, String target, String min, String max, String... bad) {
    List<String> beyond = new ArrayList<>();
    if (bad.length == 0) {
      beyond.add(new BigDecimal(max).add(BigDecimal.ONE).toString());
      beyond.add(new BigDecimal(min).subtract(BigDecimal.ONE).toString());
    }
    beyond.addAll(List.of("1.5", "\"1\"", "true", "{}"));
    return new Case(
        column(type, null, null, wire, null, Map.of()),
        target,
        List.of(min, min, max, max, "1", "1"),
        beyond);
  }

  private static Stream<Case> others() {
    String text = "\"\\u0000a\\tü€😀\"";
    Case string =
        new Case(
            column("VARCHAR", 10, null, "string", null, Map.of()),
            "String",
            List.of("\"\"", "", text, "\\0a\\tü€😀", "\"\\ud83d\\ude00\"", "😀"),
            List.of("1", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "[]"));
    return Stream.of(
        string,
        new Case(
            column("LONGTEXT", null, null, "string", null, Map.of()),
            "String",
            List.of("\"" + "é".repeat(100_000) + "\"", "é".repeat(100_000)),
            List.of()),
        new Case(
            column("JSON", null, null, "string", "io.debezium.data.Json", Map.of()),
            "String",
            List.of("\"{\\\"a\\\": 1.10}\"", "{\"a\": 1.10}"),
            List.of("{}")),
        new Case(
            column("ENUM", null, null, "string", "io.debezium.data.Enum", Map.of()),
            "LowCardinality(String)",
            List.of("\"a,b\"", "a,b", "\"\"", ""),
            List.of("1")),
        new Case(
            column("SET", null, null, "string", "io.debezium.data.EnumSet", Map.of()),
            "LowCardinality(String)",
            List.of("\"a,b\"", "a,b"),
            List.of("1")),
        new Case(
            column("VARBINARY", 10, null, "bytes", null, Map.of()),
            "String",
            List.of("\"AP8K\"", "\\0\ufffd\\n", "\"\"", ""),
            List.of("\"*\"", "1")),
        new Case(
            column("TINYINT", 1, null, "boolean", null, Map.of()),
            "Bool",
            List.of("true", "true", "false", "false"),
            List.of("1")),
        new Case(
            column("FLOAT", null, null, "float32", null, Map.of()),
            "Float32",
            List.of("0.1", "0.1", "-3.4028235E38", "-3.4028235e38", "1", "1", "1.4E-45", "1e-45"),
            List.of("1e39", "\"1\"")),
        new Case(
            column("DOUBLE PRECISION", null, null, "float64", null, Map.of()),
            "Float64",
            List.of("0.1", "0.1", "1.7976931348623157E308", "1.7976931348623157e308", "-7", "-7"),
            List.of("1e309", "\"1\"")),
        new Case(
            column("YEAR", 4, null, "int32", "io.debezium.time.Year", Map.of()),
            "UInt16",
            List.of("1901", "1901", "2155", "2155", "0", "0"),
            List.of("-1", "65536")));
  }

  private static Stream<Case> decimals() {
    String nines65 = "9".repeat(35) + "." + "9".repeat(30);
    return Stream.of(
        decimal("DECIMAL", 10, 2, "99999999.99", "100000000.00"),
        decimal("NUMERIC", 5, 0, "99999", "100000"),
        decimal("DEC UNSIGNED", 18, 4, "99999999999999.9999", "100000000000000.0000"),
        decimal("FIXED", 19, 0, "9999999999999999999", "10000000000000000000"),
        decimal(
            "DECIMAL",
            38,
            10,
            "9".repeat(28) + "." + "9".repeat(10),
            "1" + "0".repeat(28) + "." + "0".repeat(10)),
        decimal("DECIMAL", 65, 30, nines65, "1" + "0".repeat(35) + "." + "0".repeat(30)),
        new Case(
            column("DECIMAL", 10, 2, "string", null, Map.of()),
            "Decimal(10, 2)",
            List.of("\"1.10\"", "1.1", "\"-99999999.99\"", "-99999999.99", "\"5\"", "5"),
            List.of("\"1.101\"", "\"100000000\"", "\"x\"", "1.1")));
  }

  private static Case decimal(String type, int precision, int scale, String max, String beyond) {
    Map<String, String> parameters = Map.of("scale", Integer.toString(scale));
    return new Case(
        column(
            type, precision, scale, "bytes", "org.apache.kafka.connect.data.Decimal", parameters),
        "Decimal(" + precision + ", " + scale + ")",
        List.of(
            unscaled(max),
            max,
            unscaled("-" + max),
            "-" + max,
            "\"AA==\"",
            "0",
            "\"/w==\"",
            new BigDecimal(BigInteger.ONE.negate(), scale).toPlainString()),
        List.of(unscaled(beyond), unscaled("-" + beyond), "\"\"", "1", "\"%\""));
  }

  private static String unscaled(String decimal) {
    byte[] bytes = new BigDecimal(decimal).unscaledValue().toByteArray();
    return "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
  }

  private static Stream<Case> times() {
    long first = LocalDate.of(1900, 1, 1).toEpochDay();
    long last = LocalDate.of(2299, 12, 31).toEpochDay();
    long end = LocalDateTime.of(2300, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    return Stream.of(
        new Case(
            column("DATE", null, null, "int32", "io.debezium.time.Date", Map.of()),
            "Date32",
            List.of("" + first, "1900-01-01", "" + last, "2299-12-31", "-1", "1969-12-31"),
            List.of("" + (first - 1), "" + (last + 1), "\"2020-01-01\"")),
        new Case(
            column("DATE", null, null, "string", "io.debezium.time.IsoDate", Map.of()),
            "Date32",
            List.of("\"2024-02-29Z\"", "2024-02-29", "\"2024-02-29\"", "2024-02-29"),
            List.of("\"2023-02-29Z\"", "\"1899-12-31Z\"", "1")),
        new Case(
            column("DATETIME", null, null, "int64", "io.debezium.time.Timestamp", Map.of()),
            "DateTime64(0, 'UTC')",
            List.of(
                "0",
                "1970-01-01 00:00:00",
                "-1000",
                "1969-12-31 23:59:59",
                "" + (end - 1) * 1000,
                "2299-12-31 23:59:59",
                "-2208988800000",
                "1900-01-01 00:00:00"),
            List.of("1", "" + end * 1000, "-2208988800001", "\"x\"")),
        new Case(
            column("DATETIME", 3, null, "int64", "io.debezium.time.Timestamp", Map.of()),
            "DateTime64(3, 'UTC')",
            List.of("-1", "1969-12-31 23:59:59.999", "1700000000123", "2023-11-14 22:13:20.123"),
            List.of("9223372036854775807")),
        new Case(
            column("DATETIME", 6, null, "int64", "io.debezium.time.MicroTimestamp", Map.of()),
            "DateTime64(6, 'UTC')",
            List.of(
                "-1",
                "1969-12-31 23:59:59.999999",
                "1700000000123456",
                "2023-11-14 22:13:20.123456"),
            List.of("1.0")),
        new Case(
            column("DATETIME", 4, null, "int64", "io.debezium.time.NanoTimestamp", Map.of()),
            "DateTime64(4, 'UTC')",
            List.of("1700000000123400000", "2023-11-14 22:13:20.1234"),
            List.of("1700000000123456000")),
        new Case(
            column("TIMESTAMP", 6, null, "string", "io.debezium.time.ZonedTimestamp", Map.of()),
            "DateTime64(6, 'UTC')",
            List.of(
                "\"2024-03-31T01:30:00Z\"", "2024-03-31 01:30:00.000000",
                "\"2024-03-31T02:30:00.5+02:00\"", "2024-03-31 00:30:00.500000",
                "\"1970-01-01T00:00:01Z\"", "1970-01-01 00:00:01.000000",
                "\"2038-01-19T03:14:07.499999Z\"", "2038-01-19 03:14:07.499999"),
            List.of("\"2024-03-31\"", "\"2024-03-31T01:30:00.1234567Z\"", "0")),
        new Case(
            column("TIMESTAMP", null, null, "string", "io.debezium.time.ZonedTimestamp", Map.of()),
            "DateTime64(0, 'UTC')",
            List.of("\"2024-03-31T01:30:00Z\"", "2024-03-31 01:30:00"),
            List.of("\"2024-03-31T01:30:00.1Z\"")));
  }

  private static Column column(
      String type,
      @Nullable Integer length,
      @Nullable Integer scale,
      String wire,
      @Nullable String semantic,
      Map<String, String> parameters) {
    return new Column("v", type, length, scale, true, new Wire(wire, semantic, parameters));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyValueComesBackAsItWasOrIsRefused(Case values) {
    ClickHouseServer server = SharedServers.clickHouse();
    try (var clickHouse = new ClickHouse(settings(server))) {
      TableSchema schema = schema(values.column());
      PreparedTable table = new TargetTables(clickHouse).prepare(schema, 0);
      EventEncoder encoder = new EventEncoder(table.columns(), RowForm.MIRROR);
      RowBuffer out = new RowBuffer(16);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < values.good().size(); i += 2) {
        encoder.encode(event(i, values.good().get(i)), ZeroDates.NONE, i, out);
        expected.add(values.good().get(i + 1));
      }
      encoder.encode(event(values.good().size(), "null"), ZeroDates.NONE, 1, out);
      expected.add("\\N");
      for (String bad : values.bad()) {
        assertThatThrownBy(() -> encoder.encode(event(0, bad), ZeroDates.NONE, 1, out))
            .as(bad)
            .isInstanceOf(RecordFault.class)
            .hasMessageStartingWith("Column v: ");
      }
      clickHouse.insert(table.insertTarget(), out);
      String name = "types." + schema.table();
      assertThat(server.query("SELECT v FROM " + name + " ORDER BY id").lines())
          .containsExactlyElementsOf(expected);
      assertThat(server.query("SELECT toTypeName(v) FROM " + name + " LIMIT 1").strip())
          .isEqualTo(nullable(values.targetType()).replace("'", "\\'"));
    }
  }

  private static String nullable(String type) {
    return type.startsWith("LowCardinality(")
        ? type.replace("(String)", "(Nullable(String))")
        : "Nullable(" + type + ")";
  }

  private static byte[] event(int id, String value) {
    return "{\"before\":null,\"after\":{\"id\":%d,\"v\":%s},\"op\":\"r\"}"
        .formatted(id, value)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static TableSchema schema(Column column) {
    String table = "t" + TABLES.incrementAndGet();
    Column id = SourceTopic.ID;
    return new TableSchema(
        "c", "p.types." + table, "types", table, 1, List.of(id, column), List.of("id"));
  }

  private static ClickHouseSettings settings(ClickHouseServer server) {
    return new ClickHouseSettings(
        URI.create(server.httpUrl()),
        server.user(),
        server.password(),
        true,
        Duration.ofSeconds(3),
        Duration.ofSeconds(30));
  }
}
