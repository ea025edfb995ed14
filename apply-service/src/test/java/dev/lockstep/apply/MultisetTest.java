package dev.lockstep.apply;

import static dev.lockstep.apply.Pipeline.SOON;
import static dev.lockstep.apply.SourceTopic.column;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.read;
import static dev.lockstep.apply.SourceTopic.updated;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.commit.Progress;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables without a key hold each row as many times as the source does. */
@Tag("types")
@ExtendWith(Servers.class)
class MultisetTest {
  private static final String DATE = "io.debezium.time.Date";
  private static final List<Column> COLUMNS =
      List.of(
          column("n", "INT", true, "int32"),
          column("text", "VARCHAR", true, "string"),
          column("f", "DOUBLE", true, "float64"));

  private static String row(Random random) {
    String n = random.nextInt(4) == 0 ? "null" : Integer.toString(random.nextInt(3));
    String text = random.nextInt(3) == 0 ? "null" : "\"" + "x".repeat(random.nextInt(2)) + "\"";
    String f =
        random.nextInt(4) == 0 ? "null" : List.of("0.0", "-0.0", "1.5").get(random.nextInt(3));
    return "{\"n\":%s,\"text\":%s,\"f\":%s}".formatted(n, text, f);
  }

  /** One random change of the model, as an event. */
  private static String change(Random random, List<String> model) {
    int kind = model.isEmpty() ? 0 : random.nextInt(5);
    if (kind < 2) {
      String row = row(random);
      model.add(row);
      return created(row);
    }
    String before = model.remove(random.nextInt(model.size()));
    if (kind == 2) {
      return deleted(before);
    }
    String after = row(random);
    model.add(after);
    return updated(before, after);
  }

  private static String rows(ClickHouseServer clickHouse, String table) {
    return sorted(clickHouse.query("SELECT * FROM " + table + " FORMAT JSONEachRow"));
  }

  private static String sorted(String lines) {
    return lines.lines().sorted().collect(Collectors.joining("\n"));
  }

  private static String expected(ClickHouseServer clickHouse, List<String> model) {
    String structure = "n Nullable(Int32), text Nullable(String), f Nullable(Float64)";
    return model.isEmpty()
        ? ""
        : sorted(
            clickHouse.query(
                "SELECT * FROM format(JSONEachRow, '%s', '%s') FORMAT JSONEachRow"
                    .formatted(structure, String.join("\n", model))));
  }

  @Test
  void equalRowsUnderRandomChangesAreThereAsOftenAsInTheSourceHoweverOftenTheyAreRedelivered(
      ClickHouseServer clickHouse) throws Exception {
    long seed = 20_261_122L;
    Random random = new Random(seed);
    List<String> model = new ArrayList<>();
    try (Pipeline pipeline = new Pipeline("multiset")) {
      TableSchema schema = pipeline.table("multiset", "t", COLUMNS, List.of());
      for (int round = 0; round < 3; round++) {
        List<String> events = IntStream.range(0, 200).mapToObj(_ -> change(random, model)).toList();
        pipeline.start();
        for (int i = 0; i < events.size(); i += 50) {
          pipeline.source().publish(schema, List.copyOf(events.subList(i, i + 50)));
        }
        pipeline.awaitApplied(schema);
        assertThat(rows(clickHouse, "multiset.t"))
            .describedAs("seed %d, round %d", seed, round)
            .isEqualTo(expected(clickHouse, model));
        pipeline.stop();
        pipeline.rewind(schema, random.nextLong(pipeline.end(schema)));
      }
      pipeline.start();
      pipeline.awaitApplied(schema);
      assertThat(rows(clickHouse, "multiset.t")).isEqualTo(expected(clickHouse, model));
      clickHouse.query("OPTIMIZE TABLE multiset.t__rows FINAL");
      assertThat(rows(clickHouse, "multiset.t")).isEqualTo(expected(clickHouse, model));
    }
  }

  @Test
  void anUpdateCountsAsOneChangeAndAsTwoRowsOfTheTarget(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("multicount")) {
      TableSchema schema = pipeline.table("multicount", "t", COLUMNS, List.of());
      RunningService service = pipeline.start();
      String one = "{\"n\":1,\"text\":\"a\",\"f\":null}";
      String two = "{\"n\":2,\"text\":\"a\",\"f\":null}";
      pipeline.source().publish(schema, created(one), updated(one, two), "{}");
      assertThat(pipeline.awaitApplied(schema).rowsApplied()).isEqualTo(2);
      Progress progress = service.progress(schema.topic()).orElseThrow();
      assertThat(progress.recordsRead())
          .isEqualTo(
              progress.rowsApplied()
                  + progress.superseded()
                  + progress.quarantined()
                  + progress.dropped())
          .isEqualTo(3);
      assertThat(service.get("/actuator/metrics/lockstep.apply.rows?tag=table:multicount.t"))
          .contains("\"value\":3.0");
      assertThat(clickHouse.query("SELECT count() FROM multicount.t__rows FINAL")).isEqualTo("3\n");
    }
  }

  @Test
  void aSnapshotThatStartsOverCountsNothingTwice(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("multisnap")) {
      TableSchema schema = pipeline.table("multisnap", "t", COLUMNS, List.of());
      pipeline.start();
      String kept = "{\"n\":1,\"text\":\"kept\",\"f\":null}";
      String gone = "{\"n\":2,\"text\":\"deleted meanwhile\",\"f\":null}";
      pipeline.source().publish(schema, read(kept, 1000), read(kept, 1000), read(gone, 1000));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT count() FROM multisnap.t")).isEqualTo("3\n");
      pipeline.source().publish(schema, read(kept, 2000));
      pipeline.awaitApplied(schema);
      pipeline.source().publish(schema, read(kept, 2000), created(gone), deleted(kept));
      pipeline.awaitApplied(schema);
      String counts = "SELECT text, count() FROM multisnap.t GROUP BY text ORDER BY text";
      assertThat(clickHouse.query(counts)).isEqualTo("deleted meanwhile\t1\nkept\t1\n");
      pipeline.stop();
      pipeline.rewind(schema, 1);
      pipeline.start();
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(counts)).isEqualTo("deleted meanwhile\t1\nkept\t1\n");
      pipeline.source().publish(schema, read(kept, 3000).replace("\"true\"", "\"incremental\""));
      pipeline.awaitFailure(schema, "incremental snapshot", "no key");
    }
  }

  @Test
  void contributionsThatCameOutOfOrderFromTwoPartitionsAddUp(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("multiparts")) {
      String topic = "multipartssrc.multiparts.t";
      pipeline.source().topic(topic, 2);
      TableSchema schema = pipeline.source().schema("multiparts", topic, COLUMNS, List.of());
      pipeline.start();
      String row = "{\"n\":1,\"text\":\"a\",\"f\":2.5}";
      pipeline.source().publishTo(1, schema, deleted(row), created(row), deleted(row));
      String negative = "SELECT sum(_sign) FROM multiparts.t__rows";
      eventually("the removals", SOON, () -> clickHouse.query(negative), "-1\n");
      assertThat(clickHouse.query("SELECT count() FROM multiparts.t")).isEqualTo("0\n");
      pipeline.source().publishTo(0, schema, created(row), created(row));
      eventually("the rest", SOON, () -> clickHouse.query(negative), "1\n");
      assertThat(clickHouse.query("SELECT * FROM multiparts.t")).isEqualTo("1\ta\t2.5\n");
    }
  }

  @Test
  void aTableThatIsOnlyAppendedToCostsOneScanOfTheColumnsThatAreAskedFor(
      ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("multilog")) {
      TableSchema schema = pipeline.table("multilog", "t", COLUMNS, List.of());
      pipeline.start();
      List<String> events =
          IntStream.range(0, 5000)
              .mapToObj(i -> created("{\"n\":%d,\"text\":\"line %d\",\"f\":1}".formatted(i, i)))
              .toList();
      pipeline.source().publish(schema, List.copyOf(events));
      pipeline.awaitApplied(schema);
      String all = clickHouse.query("SELECT * FROM multilog.t__rows FORMAT JSON");
      String one = clickHouse.query("SELECT sum(n) FROM multilog.t FORMAT JSON");
      assertThat(statistic(one, "rows_read")).isEqualTo(5000);
      assertThat(statistic(one, "bytes_read")).isLessThan(statistic(all, "bytes_read") / 2);
    }
  }

  @Test
  void eachRowSaysOfItselfWhetherAPolicyAlteredIt(ClickHouseServer clickHouse) throws Exception {
    Column day = new Column("d", "DATE", null, null, true, new Wire("int32", DATE, Map.of()));
    List<Column> columns = List.of(column("name", "INT", true, "int32"), day);
    try (Pipeline pipeline = new Pipeline("multimarks")) {
      pipeline.source().map("m", "{'tables':'multimarks\\\\..*','options':{'outOfRange':'CLAMP'}}");
      TableSchema schema = pipeline.table("multimarks", "t", columns, List.of());
      pipeline.start();
      String last = "{\"name\":1,\"d\":%d}".formatted(LocalDate.of(2299, 12, 31).toEpochDay());
      String beyond = "{\"name\":1,\"d\":%d}".formatted(LocalDate.of(2300, 1, 1).toEpochDay());
      pipeline.source().publish(schema, created(last), created(beyond), created(beyond));
      pipeline.awaitApplied(schema);
      String marks = "SELECT _altered, toTypeName(_altered) FROM multimarks.t ORDER BY 1";
      String type = "\tArray(LowCardinality(String))\n";
      assertThat(clickHouse.query(marks)).isEqualTo("[]" + type + ("['d']" + type).repeat(2));
      pipeline.source().publish(schema, deleted(beyond));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(marks)).isEqualTo("[]" + type + "['d']" + type);
      TableSchema narrower = pipeline.changed(schema, columns.subList(0, 1), List.of());
      pipeline.source().publish(narrower, deleted("{\"name\":1}"));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT * FROM multimarks.t")).startsWith("1").hasLineCount(1);
    }
  }

  @Test
  void aColumnThatWouldBeOfClickHousesJsonStopsTheTableUntilItIsText(ClickHouseServer clickHouse)
      throws Exception {
    List<Column> columns =
        List.of(
            new Column(
                "doc",
                "JSON",
                null,
                null,
                true,
                new Wire("string", "io.debezium.data.Json", Map.of())));
    try (Pipeline pipeline = new Pipeline("multijson")) {
      pipeline.source().map("m", "{'tables':'multijson\\\\..*','options':{'json':'JSON'}}");
      TableSchema schema = pipeline.table("multijson", "t", columns, List.of());
      pipeline.start();
      pipeline.source().publish(schema, created("{\"doc\":\"{\\\"a\\\": 1}\"}"));
      pipeline.awaitFailure(schema, "Column doc", "without a key", "{\"json\": \"STRING\"}");
      pipeline.source().mapping("m", null);
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT doc FROM multijson.t")).isEqualTo("{\"a\": 1}\n");
    }
  }

  @Test
  void aUniqueIndexThatMayHoldNullsIsNoKeyUnlessTheConnectorNamesIt(ClickHouseServer clickHouse)
      throws Exception {
    List<Column> columns =
        List.of(column("a", "INT", true, "int32"), column("b", "INT", true, "int32"));
    try (Pipeline pipeline = new Pipeline("multinull")) {
      pipeline
          .source()
          .connector(
              "multinull",
              "multinullsrc",
              Map.of("message.key.columns", "multinull\\.(x|named):b,A ;multinull.y:a"));
      TableSchema unique = pipeline.table("multinull", "t", columns, List.of("a"));
      TableSchema named = pipeline.table("multinull", "named", columns, List.of("a", "b"));
      pipeline.start();
      String nulls = "{\"a\":null,\"b\":1}";
      String one = "{\"a\":1,\"b\":1}";
      pipeline
          .source()
          .publish(unique, created(nulls), created(nulls), created(one), deleted(one), null);
      pipeline.source().publish(named, created(one));
      pipeline.awaitApplied(unique);
      assertThat(clickHouse.query("SELECT * FROM multinull.t")).isEqualTo("\\N\t1\n".repeat(2));
      pipeline.awaitFailure(named, "Key column a may be NULL", "message.key.columns");
    }
  }

  private static long statistic(String json, String name) {
    return Long.parseLong(json.replaceAll("(?s).*\"" + name + "\": (\\d+).*", "$1"));
  }

  @Test
  void columnsCanComeAndGo(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("multialter")) {
      TableSchema schema = pipeline.table("multialter", "t", COLUMNS, List.of());
      pipeline.start();
      String row = "{\"n\":1,\"text\":\"a\",\"f\":2.5}";
      pipeline.source().publish(schema, created(row), created(row));
      List<Column> more = new ArrayList<>(COLUMNS);
      more.add(1, column("more", "INT", true, "int32"));
      TableSchema wider = pipeline.changed(schema, more, List.of());
      pipeline
          .source()
          .publish(
              wider,
              updated(
                  "{\"n\":1,\"more\":null,\"text\":\"a\",\"f\":2.5}",
                  "{\"n\":1,\"more\":7,\"text\":\"a\",\"f\":2.5}"));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT n, more, text FROM multialter.t ORDER BY more"))
          .isEqualTo("1\t7\ta\n1\t\\N\ta\n");
      TableSchema narrower = pipeline.changed(schema, COLUMNS.subList(0, 1), List.of());
      pipeline.source().publish(narrower, deleted("{\"n\":1}"));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT * FROM multialter.t")).isEqualTo("1\n");
    }
  }

  @Test
  void aKeyThatComesOrGoesStopsTheTable(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("multikey")) {
      List<Column> columns =
          List.of(column("id", "INT", false, "int32"), column("b", "INT", true, "int32"));
      TableSchema bare = pipeline.table("multikey", "gains", columns, List.of());
      TableSchema keyed = pipeline.table("multikey", "loses", columns, List.of("id"));
      pipeline.start();
      pipeline.source().publish(bare, created("{\"id\":1,\"b\":2}"));
      pipeline.source().publish(keyed, created("{\"id\":1,\"b\":2}"));
      pipeline.awaitApplied(bare);
      pipeline.awaitApplied(keyed);
      TableSchema gains = pipeline.changed(bare, columns, List.of("id"));
      TableSchema loses = pipeline.changed(keyed, columns, List.of());
      pipeline.source().publish(gains, created("{\"id\":2,\"b\":2}"));
      pipeline.source().publish(loses, created("{\"id\":2,\"b\":2}"));
      pipeline.awaitFailure(gains, "now it has the key (id)", "`gains__rows`", "topic.prefix");
      pipeline.awaitFailure(loses, "no key", "ReplacingMergeTree", "read the table anew");
      assertThat(clickHouse.query("SELECT id FROM multikey.gains")).isEqualTo("1\n");
      assertThat(clickHouse.query("SELECT id FROM multikey.loses")).isEqualTo("1\n");
    }
  }

  @Test
  void namesThatAreTakenStopTheTable(ClickHouseServer clickHouse) throws Exception {
    clickHouse.query("CREATE DATABASE multitaken");
    clickHouse.query("CREATE VIEW multitaken.theirs AS SELECT 1 AS x");
    try (Pipeline pipeline = new Pipeline("multitaken")) {
      TableSchema theirs = pipeline.table("multitaken", "theirs", COLUMNS, List.of());
      TableSchema first = pipeline.table("multitaken", "x", COLUMNS, List.of());
      TableSchema second = pipeline.table("multitaken", "x__rows", COLUMNS, List.of());
      List<Column> own = List.of(column("_sign", "INT", true, "int32"));
      TableSchema names = pipeline.table("multitaken", "names", own, List.of());
      pipeline.start();
      String row = "{\"n\":1,\"text\":\"a\",\"f\":2.5}";
      pipeline.source().publish(theirs, created(row));
      pipeline.source().publish(first, created(row));
      pipeline.source().publish(names, created("{\"_sign\":1}"));
      pipeline.awaitFailure(theirs, "a view of somebody else", "rename it");
      pipeline.awaitFailure(names, "Column _sign", "column.exclude.list");
      pipeline.awaitApplied(first);
      pipeline.source().publish(second, created(row));
      pipeline.awaitFailure(second, "`x__rows` must be Lockstep's view", "rename it");
      assertThat(clickHouse.query("SELECT * FROM multitaken.theirs")).isEqualTo("1\n");
      assertThat(clickHouse.query("EXISTS multitaken.theirs__rows")).isEqualTo("0\n");
    }
  }

  @Test
  void aThousandColumnsAreCountedTogether(ClickHouseServer clickHouse) throws Exception {
    List<Column> columns =
        IntStream.range(0, 1000)
            .mapToObj(i -> column("größe".repeat(12) + i, "INT", true, "int32"))
            .toList();
    String row =
        columns.stream()
            .map(column -> "\"" + column.name() + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    String other = row.replaceFirst("0\":1", "0\":2");
    try (Pipeline pipeline = new Pipeline("multiwide")) {
      TableSchema schema = pipeline.table("multiwide", "t", columns, List.of());
      pipeline.start();
      pipeline.source().publish(schema, created(row), created(row), updated(row, other));
      pipeline.awaitApplied(schema);
      String first = "`" + columns.getFirst().name() + "`";
      assertThat(clickHouse.query("SELECT %1$s FROM multiwide.t ORDER BY %1$s".formatted(first)))
          .isEqualTo("1\n2\n");
    }
  }
}
