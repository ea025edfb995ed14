package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Columns with another type than the rules have for them. */
@Tag("apply")
@ExtendWith(Servers.class)
class RetypeTest {
  private static Column of(
      String name,
      String type,
      @Nullable Integer length,
      @Nullable Integer scale,
      boolean nullable,
      String wire,
      @Nullable String semantic) {
    return new Column(name, type, length, scale, nullable, new Wire(wire, semantic, Map.of()));
  }

  /**
   * A column that is given a type.
   *
   * @param good JSON and what ClickHouse shows of it
   * @param bad JSON that the type can't hold
   */
  private record Case(Column column, String type, Map<String, String> good, List<String> bad) {}

  private final List<Case> cases = new ArrayList<>();

  private void add(
      String source,
      @Nullable Integer length,
      @Nullable Integer scale,
      String wire,
      @Nullable String semantic,
      String type,
      Map<String, String> good,
      String... bad) {
    Column column = of("c" + cases.size(), source, length, scale, true, wire, semantic);
    cases.add(new Case(column, type, good, List.of(bad)));
  }

  private void numbers() {
    add("INT", null, null, "int32", null, "Int64", Map.of("-2147483648", "-2147483648"));
    add("INT UNSIGNED", null, null, "int64", null, "Int256", Map.of("4294967295", "4294967295"));
    add(
        "BIGINT UNSIGNED",
        null,
        null,
        "int64",
        null,
        "UInt128",
        Map.of("-1", "18446744073709551615"));
    add(
        "BIGINT",
        null,
        null,
        "int64",
        null,
        "UInt32",
        Map.of("4294967295", "4294967295", "0", "0"),
        "-1",
        "4294967296");
    add(
        "BIGINT UNSIGNED",
        null,
        null,
        "int64",
        null,
        "Int64",
        Map.of("9223372036854775807", "9223372036854775807"),
        "-1");
    add("SMALLINT", null, null, "int16", null, "Int8", Map.of("-128", "-128"), "128", "-129");
    add("TINYINT", null, null, "int16", null, "Bool", Map.of("1", "true", "0", "false"), "2", "-1");
    add("INT", null, null, "int32", null, "Decimal(12, 2)", Map.of("-7", "-7"));
    add("INT UNSIGNED", null, null, "int64", null, "IPv4", Map.of("3221225985", "192.0.2.1"));
    add(
        "BIGINT UNSIGNED",
        null,
        null,
        "int64",
        null,
        "String",
        Map.of("-1", "18446744073709551615"));
    add("INT", null, null, "int32", null, "LowCardinality(String)", Map.of("-5", "-5"));
    add(
        "DECIMAL",
        10,
        2,
        "string",
        null,
        "Decimal(40, 4)",
        Map.of("\"-12345678.91\"", "-12345678.91"));
    add(
        "DECIMAL",
        10,
        2,
        "string",
        null,
        "Decimal(6, 3)",
        Map.of("\"-999.99\"", "-999.99"),
        "\"1000.00\"");
    add(
        "DECIMAL",
        20,
        0,
        "string",
        null,
        "UInt64",
        Map.of("\"18446744073709551615\"", "18446744073709551615"),
        "\"-1\"",
        "\"18446744073709551616\"");
    add("DECIMAL", 10, 2, "string", null, "String", Map.of("\"-0.50\"", "-0.50"));
    add(
        "FLOAT",
        null,
        null,
        "float32",
        null,
        "Float64",
        Map.of("0.5", "0.5", "0.1", "0.10000000149011612"));
    add("YEAR", null, null, "int32", "io.debezium.time.Year", "Int32", Map.of("2155", "2155"));
    add("YEAR", null, null, "int32", "io.debezium.time.Year", "String", Map.of("0", "0000"));
  }

  private void texts() {
    String uuid = "61f0c404-5cb3-11e7-907b-a6006ad3dba0";
    add(
        "CHAR",
        36,
        null,
        "string",
        null,
        "UUID",
        Map.of(
            "\"" + uuid + "\"",
            uuid,
            "\"61F0C404-5CB3-11e7-907b-a6006ad3dba1\"",
            "61f0c404-5cb3-11e7-907b-a6006ad3dba1"),
        "\"61f0c4045cb311e7907ba6006ad3dba0\"",
        "\"\"");
    add(
        "BINARY",
        16,
        null,
        "bytes",
        null,
        "UUID",
        Map.of(
            "\"YfDEBFyzEeeQe6YAatPboA==\"",
            uuid,
            "\"YQ==\"",
            "61000000-0000-0000-0000-000000000000"));
    add(
        "VARBINARY",
        16,
        null,
        "bytes",
        null,
        "IPv6",
        Map.of("\"IAENuAAAAAAAAAAAAAAAAQ==\"", "2001:db8::1"),
        "\"IAE=\"");
    add(
        "VARBINARY",
        16,
        null,
        "bytes",
        null,
        "IPv4",
        Map.of("\"wAACAQ==\"", "192.0.2.1"),
        "\"IAENuAAAAAAAAAAAAAAAAQ==\"");
    add(
        "VARCHAR",
        45,
        null,
        "string",
        null,
        "IPv6",
        Map.of(
            "\"2001:DB8:0::1\"",
            "2001:db8::1",
            "\"192.0.2.1\"",
            "::ffff:192.0.2.1",
            "\"::ffff:192.0.2.1\"",
            "::ffff:192.0.2.1"),
        "\"example.com\"",
        "\"fe80::1%eth0\"",
        "\"1\"",
        "\"1:2\"");
    add(
        "VARCHAR",
        15,
        null,
        "string",
        null,
        "IPv4",
        Map.of("\"192.0.2.1\"", "192.0.2.1"),
        "\"192.0.2\"",
        "\"192.0.2.01\"",
        "\"::1\"");
    add("VARCHAR", 10, null, "string", null, "LowCardinality(String)", Map.of("\"x\"", "x"));
    add("ENUM", null, null, "string", "io.debezium.data.Enum", "String", Map.of("\"x\"", "x"));
  }

  private void times() {
    add(
        "DATE",
        null,
        null,
        "int32",
        "io.debezium.time.Date",
        "Date",
        Map.of("65535", "2149-06-06", "0", "1970-01-01"),
        "65536",
        "-1");
    add(
        "DATE",
        null,
        null,
        "int32",
        "io.debezium.time.Date",
        "String",
        Map.of("-719162", "0001-01-01"));
    add(
        "DATETIME",
        null,
        null,
        "int64",
        "io.debezium.time.Timestamp",
        "DateTime",
        Map.of("1709208000000", "2024-02-29 12:00:00"),
        "-1000",
        "4294967296000");
    add(
        "DATETIME",
        3,
        null,
        "int64",
        "io.debezium.time.Timestamp",
        "DateTime64(6)",
        Map.of("1709208000123", "2024-02-29 12:00:00.123000"),
        "-99999999999999");
    add(
        "TIMESTAMP",
        null,
        null,
        "string",
        "io.debezium.time.ZonedTimestamp",
        "DateTime('Europe/Berlin')",
        Map.of("\"2024-07-01T12:00:00Z\"", "2024-07-01 14:00:00"));
    add(
        "TIMESTAMP",
        2,
        null,
        "string",
        "io.debezium.time.ZonedTimestamp",
        "DateTime64(3, 'Asia/Tokyo')",
        Map.of("\"2024-07-01T12:00:00.25Z\"", "2024-07-01 21:00:00.250"));
  }

  private static String row(int id, List<Case> cases, int index, String value) {
    List<String> fields = new ArrayList<>();
    fields.add("\"id\":" + id);
    for (int i = 0; i < cases.size(); i++) {
      fields.add("\"c%d\":%s".formatted(i, i == index ? value : "null"));
    }
    return "{" + String.join(",", fields) + "}";
  }

  @Test
  void eachValueIsTheSameInItsTypeOrQuarantined(ClickHouseServer clickHouse) throws Exception {
    numbers();
    texts();
    times();
    List<Column> columns = new ArrayList<>(List.of(ID));
    cases.forEach(each -> columns.add(each.column()));
    String types =
        cases.stream()
            .map(
                each ->
                    "'%s':{'type':'%s'}"
                        .formatted(each.column().name(), each.type().replace("'", "\\u0027")))
            .collect(Collectors.joining(","));
    try (Pipeline pipeline = new Pipeline("retyped")) {
      pipeline.source().map("m", "{'tables':'retyped.*','columns':{%s}}".formatted(types));
      TableSchema keyed = pipeline.table("retyped", "keyed", columns, List.of("id"));
      TableSchema bare = pipeline.table("retyped", "bare", columns, List.of());
      Map<Integer, String> expected = new LinkedHashMap<>();
      List<String> events = new ArrayList<>();
      int bad = 0;
      for (int i = 0; i < cases.size(); i++) {
        for (Map.Entry<String, String> good : cases.get(i).good().entrySet()) {
          expected.put(events.size(), "c%d\t%s".formatted(i, good.getValue()));
          events.add(created(row(events.size(), cases, i, good.getKey())));
        }
        for (String each : cases.get(i).bad()) {
          bad++;
          events.add(created(row(events.size(), cases, i, each)));
        }
      }
      pipeline.source().publish(keyed, events.toArray(String[]::new));
      pipeline.source().publish(bare, events.toArray(String[]::new));
      String gone = row(9999, cases, -1, "");
      pipeline.source().publish(keyed, created(gone), updated(gone, gone), deleted(gone));
      pipeline.source().publish(bare, created(gone), updated(gone, gone), deleted(gone));
      pipeline.start();
      assertThat(pipeline.awaitApplied(keyed).recordsQuarantined()).isEqualTo(bad);
      assertThat(pipeline.awaitApplied(bare).recordsQuarantined()).isEqualTo(bad);
      for (String table : List.of("keyed FINAL", "bare")) {
        for (Map.Entry<Integer, String> each : expected.entrySet()) {
          String column = each.getValue().substring(0, each.getValue().indexOf('\t'));
          String query = "SELECT '%1$s', %1$s FROM retyped.%2$s WHERE id = %3$d";
          assertThat(clickHouse.query(query.formatted(column, table, each.getKey())))
              .isEqualTo(each.getValue() + "\n");
        }
        assertThat(clickHouse.query("SELECT count() FROM retyped." + table))
            .isEqualTo(expected.size() + "\n");
      }
    }
  }

  @Test
  void aKeyCanHaveATypeThatKeepsItsValuesApart(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("retypedkey")) {
      Column id = of("id", "CHAR", 36, null, false, "string", null);
      Column number = of("n", "INT", null, null, false, "int32", null);
      pipeline
          .source()
          .map(
              "m",
              "{'tables':'retypedkey.t','columns':{'id':{'type':'UUID'},'n':{'type':'Nullable(Int64)'}}}");
      TableSchema schema = pipeline.table("retypedkey", "t", List.of(id, number), List.of("id"));
      String row = "{\"id\":\"61f0c404-5cb3-11e7-907b-a6006ad3dba%s\",\"n\":1}";
      pipeline.source().publish(schema, created(row.formatted(0)), created(row.formatted(1)));
      pipeline.source().publish(schema, created(row.formatted("A")), deleted(row.formatted(1)));
      pipeline.start();
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(1);
      assertThat(clickHouse.query("SELECT id, n, toTypeName(n) FROM retypedkey.t FINAL"))
          .isEqualTo("61f0c404-5cb3-11e7-907b-a6006ad3dba0\t1\tNullable(Int64)\n");
    }
  }

  @Test
  void whatCouldComeOutWrongIsRefusedWithWhatCanBe() throws Exception {
    Map<String, String> refusals = new LinkedHashMap<>();
    refusals.put(
        "'n':{'type':'Date'}",
        "Column n of type INT can't have the type that its mapping gives it, in which values could come out wrong. It can be Int8 to Int256");
    refusals.put(
        "'net':{'type':'Decimal(30, 1)'}", "It can be Decimal(P, S) with S of 2 or more, String");
    refusals.put("'net':{'type':'Int64'}", "It can be Decimal(P, S) with S of 2 or more");
    refusals.put(
        "'at':{'type':'DateTime64(1)'}",
        "It can be DateTime64(3) to DateTime64(6), without a time zone");
    refusals.put(
        "'at':{'type':'DateTime64(3, \\u0027Europe/Berlin\\u0027)'}",
        "without a time zone but 'UTC'");
    refusals.put("'ratio':{'type':'String'}", "It can be nothing else than Float64");
    refusals.put(
        "'name':{'type':'Int32'}", "It can be String, LowCardinality(String), UUID, IPv4 or IPv6");
    refusals.put("'key':{'type':'IPv6'}", "Key column key can't be IPv6");
    refusals.put("'key':{'type':'Nullable(UUID)'}", "Key column key can't be Nullable");
    List<Column> columns =
        List.of(
            of("key", "VARCHAR", 45, null, false, "string", null),
            of("n", "INT", null, null, true, "int32", null),
            of("net", "DECIMAL", 10, 2, true, "string", null),
            of("at", "DATETIME", 3, null, true, "int64", "io.debezium.time.Timestamp"),
            of("ratio", "DOUBLE", null, null, true, "float64", null),
            of("name", "VARCHAR", 10, null, true, "string", null));
    try (Pipeline pipeline = new Pipeline("unretyped")) {
      pipeline.start();
      int i = 0;
      for (Map.Entry<String, String> each : refusals.entrySet()) {
        String name = "t" + i++;
        pipeline
            .source()
            .map(name, "{'tables':'unretyped.%s','columns':{%s}}".formatted(name, each.getKey()));
        TableSchema schema = pipeline.table("unretyped", name, columns, List.of("key"));
        pipeline.source().publish(schema, created("{}"));
        pipeline.awaitFailure(schema, each.getValue());
      }
    }
  }
}
