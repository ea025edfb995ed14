package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.column;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Every name that MySQL allows, tables as wide as it allows, and keys of every type. */
@Tag("types")
@ExtendWith(Servers.class)
class NamesAndKeysTest {
  private static final List<String> ODD =
      List.of(
          "a b",
          "c.d",
          "c",
          "x`y",
          "p\\q",
          "it's",
          "\"q\"",
          "select",
          "NULL",
          "(paren)",
          "a, b",
          "tab\there",
          "new\nline",
          "größe",
          "名前",
          "100%s",
          "{x:Int8}",
          "?",
          "n.null",
          "n");

  private static String row(List<Column> columns, int value) {
    return JsonMapper.shared()
        .writeValueAsString(columns.stream().collect(Collectors.toMap(Column::name, _ -> value)));
  }

  private static Column of(
      String type, @Nullable Integer length, @Nullable Integer scale, Wire wire) {
    return new Column("k", type, length, scale, false, "it's a \\ key", wire);
  }

  private static Wire wire(String type, @Nullable String semantic, Map<String, String> parameters) {
    return new Wire(type, semantic, parameters);
  }

  private static TableSchema odd(
      Pipeline pipeline, String topic, String table, List<Column> columns, List<String> key)
      throws Exception {
    String name = "oddsrc.odd." + topic;
    pipeline.source().topic(name, 1);
    return pipeline
        .source()
        .schema(new TableSchema("odd", name, "odd 'db`\\", table, 7, columns, key));
  }

  @Test
  void oddNamesOfDatabasesTablesColumnsAndKeys(ClickHouseServer clickHouse) throws Exception {
    List<Column> columns = ODD.stream().map(n -> column(n, "INT", false, "int32")).toList();
    try (Pipeline pipeline = new Pipeline("odd")) {
      for (int i = 0; i < 2; i++) {
        pipeline.start();
        Map<String, List<TableSchema>> published = new LinkedHashMap<>();
        for (String table : List.of("it's a `table`\\", "select", "a.b", "größe")) {
          String topic = "t" + i + table.hashCode();
          TableSchema keyed = odd(pipeline, topic, table, columns, ODD.subList(1, ODD.size()));
          pipeline.source().publish(keyed, created(row(columns, 1)), created(row(columns, 2)));
          TableSchema bare = odd(pipeline, topic + "b", table + " bare", columns, List.of());
          String one = row(columns, 1);
          pipeline.source().publish(bare, created(one), created(one), deleted(one));
          published.put(table, List.of(keyed, bare));
        }
        for (String table : published.keySet()) {
          for (TableSchema schema : published.get(table)) {
            pipeline.awaitApplied(schema);
          }
          String name = Identifiers.quote("odd 'db`\\", table);
          String sum = ODD.stream().map(Identifiers::quote).collect(Collectors.joining(" + "));
          assertThat(clickHouse.query("SELECT sum(%s) FROM %s FINAL".formatted(sum, name)))
              .isEqualTo(ODD.size() * 3 + "\n");
          String view = Identifiers.quote("odd 'db`\\", table + " bare");
          assertThat(clickHouse.query("SELECT sum(%s) FROM %s".formatted(sum, view)))
              .isEqualTo(ODD.size() * (i + 1) + "\n");
        }
        pipeline.stop();
      }
    }
  }

  @Test
  void namesThatTheTargetNeedsAreRefusedWithTheWayOut() throws Exception {
    try (Pipeline pipeline = new Pipeline("ownnames")) {
      List<Column> columns =
          Stream.of("id", "_version", "_deleted", "_altered")
              .map(name -> column(name, "INT", false, "int32"))
              .toList();
      TableSchema schema = pipeline.table("ownnames", "t", columns, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(columns, 1)));
      pipeline.awaitFailure(
          schema,
          "Column _version",
          "Column _deleted",
          "Column _altered",
          "column.exclude.list",
          "rename it");
    }
  }

  @Test
  void anotherKeyStopsATableWithRowsAndTheSameInAnotherOrderDoesNot(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("otherkey")) {
      List<Column> columns =
          Stream.of("a", "b", "c").map(name -> column(name, "INT", false, "int32")).toList();
      TableSchema moves = pipeline.table("otherkey", "moves", columns, List.of("a"));
      TableSchema turns = pipeline.table("otherkey", "turns", columns, List.of("a", "b"));
      pipeline.start();
      for (TableSchema schema : List.of(moves, turns)) {
        pipeline.source().publish(schema, created("{\"a\":1,\"b\":2,\"c\":3}"));
        pipeline.awaitApplied(schema);
      }
      TableSchema moved = pipeline.changed(moves, columns, List.of("b"));
      TableSchema turned = pipeline.changed(turns, columns, List.of("b", "a"));
      for (TableSchema schema : List.of(moved, turned)) {
        pipeline
            .source()
            .publish(
                schema,
                created("{\"a\":1,\"b\":3,\"c\":4}"),
                updated("{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1,\"b\":2,\"c\":5}"));
      }
      pipeline.awaitFailure(moved, "by the key (`a`)", "is now (`b`)", "read the table anew");
      assertThat(clickHouse.query("SELECT * EXCEPT (_version) FROM otherkey.moves FINAL"))
          .isEqualTo("1\t2\t3\t0\n");
      assertThat(pipeline.awaitApplied(turned).rowsApplied()).isEqualTo(3);
      assertThat(clickHouse.query("SELECT c FROM otherkey.turns FINAL ORDER BY c"))
          .isEqualTo("4\n5\n");
    }
  }

  @Test
  void theWidestTableWithTheLongestNamesAndComments(ClickHouseServer clickHouse) throws Exception {
    List<Column> columns =
        IntStream.range(0, 1017)
            .mapToObj(
                i ->
                    new Column(
                        "列".repeat(60) + String.format("%04d", i),
                        "INT",
                        null,
                        null,
                        false,
                        "'".repeat(200),
                        wire("int32", null, Map.of())))
            .toList();
    try (Pipeline pipeline = new Pipeline("wide")) {
      String table = "t".repeat(64);
      TableSchema schema = pipeline.table("wide", table, columns, List.of(columns.get(5).name()));
      pipeline.start();
      pipeline.source().publish(schema, created(row(columns, 1)), created(row(columns, 2)));
      pipeline.awaitApplied(schema);
      assertThat(
              clickHouse.query(
                  "SELECT `%s` FROM wide.%s ORDER BY 1".formatted(columns.getLast().name(), table)))
          .isEqualTo("1\n2\n");
    }
  }

  @Test
  void keysOfManyTypes(ClickHouseServer clickHouse) throws Exception {
    Map<Column, List<String>> keys =
        Map.of(
            of("BIGINT UNSIGNED", null, null, wire("int64", null, Map.of())),
            List.of("-2", "5"),
            of("DECIMAL", 65, 30, wire("string", null, Map.of())),
            List.of("\"-1.5\"", "\"99999999999999999999999999999999999.1\""),
            of("DOUBLE", null, null, wire("float64", null, Map.of())),
            List.of("0.5", "-1e300"),
            of("VARCHAR", 20, null, wire("string", null, Map.of())),
            List.of("\"a\"", "\"A\""),
            of(
                "ENUM",
                null,
                null,
                wire("string", "io.debezium.data.Enum", Map.of("allowed", "a,b"))),
            List.of("\"a\"", "\"b\""),
            of("BINARY", 2, null, wire("bytes", null, Map.of())),
            List.of("\"AAA=\"", "\"AAE=\""),
            of("DATE", null, null, wire("int32", "io.debezium.time.Date", Map.of())),
            List.of("0", "19000"),
            of("DATETIME", 6, null, wire("int64", "io.debezium.time.MicroTimestamp", Map.of())),
            List.of("1", "2"),
            of(
                "TIMESTAMP",
                null,
                null,
                wire("string", "io.debezium.time.ZonedTimestamp", Map.of())),
            List.of("\"2024-03-31T01:30:00Z\"", "\"2024-03-31T02:30:00Z\""),
            of("YEAR", null, null, wire("int32", "io.debezium.time.Year", Map.of())),
            List.of("1901", "2155"));
    try (Pipeline pipeline = new Pipeline("keys")) {
      Map<TableSchema, Column> published = new LinkedHashMap<>();
      int i = 0;
      for (Map.Entry<Column, List<String>> key : keys.entrySet()) {
        String table = "t" + i++;
        List<Column> columns = List.of(key.getKey(), column("v", "INT", true, "int32"));
        TableSchema schema = pipeline.table("keys", table, columns, List.of("k"));
        String first = "{\"k\":%s,\"v\":1}".formatted(key.getValue().getFirst());
        String changed = "{\"k\":%s,\"v\":2}".formatted(key.getValue().getFirst());
        String second = "{\"k\":%s,\"v\":3}".formatted(key.getValue().getLast());
        pipeline
            .source()
            .publish(
                schema, created(first), created(second), updated(first, changed), deleted(second));
        published.put(schema, key.getKey());
      }
      pipeline.start();
      for (TableSchema schema : published.keySet()) {
        assertThat(pipeline.awaitApplied(schema).recordsQuarantined())
            .describedAs("%s", published.get(schema))
            .isZero();
        assertThat(clickHouse.query("SELECT v FROM keys." + schema.table() + " FINAL"))
            .describedAs("%s", published.get(schema))
            .isEqualTo("2\n");
      }
    }
  }
}
