package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.column;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Targets that have some of the source's rows. */
@Tag("apply")
@ExtendWith(Servers.class)
class RowFilterTest {
  private static final Column A = column("a", "INT", true, "int32");
  private static final List<Column> COLUMNS = List.of(ID, A);

  private static String row(int id, @Nullable Integer a) {
    return "{\"id\":%d,\"a\":%s}".formatted(id, a);
  }

  private static void map(Pipeline pipeline, String name, String more) {
    pipeline.source().map(name, "{'tables':'%s',%s}".formatted(name, more));
  }

  /** Rows 1 to 5 enter, leave, stay in, stay out and go; NULL is not a match. */
  private static void publishLives(Pipeline pipeline, TableSchema schema) {
    SourceTopic source = pipeline.source();
    source.publish(schema, created(row(1, 1)), updated(row(1, 1), row(1, 10)));
    source.publish(schema, created(row(2, 20)), updated(row(2, 20), row(2, 2)));
    source.publish(schema, updated(row(2, 2), row(2, null)));
    source.publish(schema, created(row(3, 30)), updated(row(3, 30), row(3, 31)));
    source.publish(schema, created(row(4, null)), updated(row(4, null), row(4, 4)));
    source.publish(schema, created(row(5, 50)), deleted(row(5, 50)));
    source.publish(schema, created(row(6, 6)), deleted(row(6, 6)));
  }

  @Test
  void aMirrorHasWhatMatchesHoweverItCameToIt(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("somerows")) {
      map(pipeline, "somerows.gone", "'filter':'a > 9'");
      map(pipeline, "somerows.soft", "'filter':'a > 9','deletes':'SOFT'");
      map(pipeline, "somerows.kept", "'filter':'a > 9','deletes':'IGNORE'");
      map(pipeline, "somerows.bare", "'filter':'a > 9'");
      map(pipeline, "somerows.hidden", "'filter':'a > 9','columns':{'a':{'exclude':true}}");
      for (String table : List.of("gone", "soft", "kept", "hidden")) {
        publishLives(pipeline, pipeline.table("somerows", table, COLUMNS, List.of("id")));
      }
      publishLives(pipeline, pipeline.table("somerows", "bare", COLUMNS, List.of()));
      pipeline.start();
      String all = "SELECT id, a FROM somerows.%s ORDER BY id";
      Pipeline.awaitRows(clickHouse, all.formatted("gone FINAL"), "1\t10\n3\t31\n");
      Pipeline.awaitRows(clickHouse, all.formatted("bare"), "1\t10\n3\t31\n");
      Pipeline.awaitRows(clickHouse, "SELECT id FROM somerows.hidden FINAL ORDER BY id", "1\n3\n");
      Pipeline.awaitRows(clickHouse, all.formatted("kept FINAL"), "1\t10\n3\t31\n5\t50\n");
      Pipeline.awaitRows(
          clickHouse,
          "SELECT id, a, _deleted FROM somerows.soft FINAL ORDER BY id",
          "1\t10\t0\n2\t20\t1\n3\t31\t0\n5\t50\t1\n");
      // Neither do values that never matched stand in a row that is marked as gone.
      assertThat(clickHouse.query("SELECT count() FROM somerows.gone WHERE a BETWEEN 1 AND 9"))
          .isEqualTo("0\n");
    }
  }

  @Test
  void whatIsNotWantedIsCountedAsDropped() throws Exception {
    try (Pipeline pipeline = new Pipeline("droppedrows")) {
      map(pipeline, "droppedrows.t", "'filter':'a > 9'");
      TableSchema schema = pipeline.table("droppedrows", "t", COLUMNS, List.of("id"));
      publishLives(pipeline, schema);
      // It can't be held by the target, which it is not for.
      pipeline.source().publish(schema, created("{\"id\":7000000000,\"a\":7}"));
      pipeline.start();
      TablePartitionStatus status = pipeline.awaitApplied(schema);
      assertThat(status.recordsRead()).isEqualTo(14);
      assertThat(status.recordsQuarantined()).isZero();
      // Row 1 before it enters, row 2 after it has left, rows 4 and 6, row 7000000000.
      assertThat(status.recordsDropped()).isEqualTo(6);
      assertThat(status.rowsApplied() + status.rowsSuperseded()).isEqualTo(8);
    }
  }

  @Test
  void aHistoryEndsWhatLeavesAndEventsHaveWhatMatchedBeforeOrAfter(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("somechanges")) {
      pipeline.source().map("h", "{'tables':'somechanges.t','mode':'HISTORY','filter':'a > 9'}");
      pipeline.source().map("e", "{'tables':'somechanges.t','mode':'APPEND','filter':'a > 9'}");
      TableSchema schema = pipeline.table("somechanges", "t", COLUMNS, List.of("id"));
      publishLives(pipeline, schema);
      pipeline.start();
      pipeline.awaitApplied(schema);
      assertThat(
              clickHouse.query(
                  "SELECT id, a, _op, _valid_to IS NULL FROM somechanges.t__history ORDER BY id, _version"))
          .isEqualTo(
              """
              1\t10\tupdate\t1
              2\t20\tcreate\t0
              3\t30\tcreate\t0
              3\t31\tupdate\t1
              5\t50\tcreate\t0
              """);
      assertThat(
              clickHouse.query(
                  "SELECT id, a, _op FROM somechanges.t__events FINAL ORDER BY _version"))
          .isEqualTo(
              """
              1\t10\tupdate
              2\t20\tcreate
              2\t2\tupdate
              3\t30\tcreate
              3\t31\tupdate
              5\t50\tcreate
              5\t50\tdelete
              """);
    }
  }

  @Test
  void anIncrementalSnapshotTakesOutWhatNoLongerMatches(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("mendedrows")) {
      map(pipeline, "mendedrows.t", "'filter':'a > 9'");
      TableSchema schema = pipeline.table("mendedrows", "t", COLUMNS, List.of("id"));
      String again = SourceTopic.read(row(1, 1), 5).replace("\"true\"", "\"incremental\"");
      pipeline.source().publish(schema, created(row(1, 10)), created(row(2, 20)), again);
      pipeline
          .source()
          .publish(schema, "{\"before\":null,\"after\":%s,\"op\":\"u\"}".formatted(row(2, 2)));
      pipeline.source().publish(schema, created(row(3, 30)));
      pipeline.start();
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT id FROM mendedrows.t FINAL")).isEqualTo("3\n");
    }
  }

  private static Column of(
      String name, String type, @Nullable Integer length, @Nullable Integer scale, Wire wire) {
    return new Column(name, type, length, scale, true, wire);
  }

  private static Wire wire(String type, @Nullable String semantic) {
    return new Wire(type, semantic, Map.of());
  }

  private static final List<Column> TYPED =
      List.of(
          ID,
          of("big", "BIGINT UNSIGNED", null, null, wire("int64", null)),
          of("net", "DECIMAL", 30, 3, wire("string", null)),
          of("name", "VARCHAR", 20, null, wire("string", null)),
          of("ratio", "DOUBLE", null, null, wire("float64", null)),
          of("day", "DATE", null, null, wire("int32", "io.debezium.time.Date")),
          of("seen", "DATETIME", 3, null, wire("int64", "io.debezium.time.Timestamp")));

  /** In ClickHouse's SQL, whose answer is the measure. */
  private static final List<String> CONDITIONS =
      List.of(
          "big > 9223372036854775807 OR big BETWEEN 0 AND 5",
          "net >= -1.5 AND net < 1000000000000.001",
          "net = 0 OR NOT (net > 0.0005)",
          "name = 'Ä' OR name LIKE '%b_'",
          "name NOT IN ('x', 'it''s') AND name IS NOT NULL",
          "NOT (name LIKE 'A%' OR ratio > 0.5)",
          "ratio <= 0.25 OR ratio IS NULL",
          "day >= '2024-02-29' AND day <> '2025-01-01'",
          "seen > '2024-02-29 12:00:00.5' OR seen < '2000-01-01 00:00:00'",
          "id < 5 AND (big IS NULL OR day IS NULL OR name = 'A')");

  private static <T> @Nullable T any(Random random, List<T> values) {
    int i = random.nextInt(values.size() + 1);
    return i == values.size() ? null : values.get(i);
  }

  private static String typed(Random random, int id) {
    return "{\"id\":%d,\"big\":%s,\"net\":%s,\"name\":%s,\"ratio\":%s,\"day\":%s,\"seen\":%s}"
        .formatted(
            id,
            any(
                random,
                List.of("0", "5", "6", "9223372036854775807", "-9223372036854775808", "-1")),
            any(
                random,
                List.of(
                    "\"-1.500\"",
                    "\"-1.501\"",
                    "\"0.000\"",
                    "\"0.001\"",
                    "\"1000000000000.001\"",
                    "\"1000000000000.000\"")),
            any(
                random,
                List.of(
                    "\"A\"", "\"Ä\"", "\"ä\"", "\"abc\"", "\"ab\"", "\"x\"", "\"it's\"", "\"\"")),
            any(random, List.of("0.25", "0.26", "-0.0", "0.5", "1e300")),
            any(random, List.of("19781", "19782", "19783", "20089", "-1")),
            any(random, List.of("1709208000500", "1709208000501", "946684799999", "946684800000")));
  }

  /** Any rows, in any order of events, with a key and without. */
  @Test
  void theRowsAreThoseThatClickHouseItselfFindsInAll(ClickHouseServer clickHouse) throws Exception {
    long seed = System.nanoTime();
    try (Pipeline pipeline = new Pipeline("samerows")) {
      Map<TableSchema, String> filters = new LinkedHashMap<>();
      for (int i = 0; i < CONDITIONS.size(); i++) {
        for (String kind : List.of("keyed", "bare")) {
          String name = kind + i;
          map(
              pipeline,
              "samerows." + name,
              "'filter':'%s'".formatted(CONDITIONS.get(i).replace("'", "\\u0027")));
          List<String> key = kind.equals("keyed") ? List.of("id") : List.of();
          filters.put(pipeline.table("samerows", name, TYPED, key), CONDITIONS.get(i));
        }
      }
      TableSchema all = pipeline.table("samerows", "everything", TYPED, List.of("id"));
      Random random = new Random(seed);
      List<String> events = events(random);
      pipeline.source().publish(all, events.toArray(String[]::new));
      filters
          .keySet()
          .forEach(schema -> pipeline.source().publish(schema, events.toArray(String[]::new)));
      pipeline.start();
      pipeline.awaitApplied(all);
      boolean someFound = false;
      for (Map.Entry<TableSchema, String> each : filters.entrySet()) {
        pipeline.awaitApplied(each.getKey());
        String table = each.getKey().table();
        String found = "SELECT %s FROM samerows.%s %s ORDER BY id";
        String columns = "id, big, net, name, ratio, day, seen";
        String expected =
            clickHouse.query(
                found.formatted(columns, "everything FINAL", "WHERE " + each.getValue()));
        assertThat(
                clickHouse.query(
                    found.formatted(
                        columns, table + (table.startsWith("bare") ? "" : " FINAL"), "")))
            .as("%s where %s, seed %d", table, each.getValue(), seed)
            .isEqualTo(expected);
        someFound |= !expected.isEmpty();
      }
      assertThat(someFound).as("a condition that some rows meet, seed %d", seed).isTrue();
    }
  }

  private static List<String> events(Random random) {
    Map<Integer, String> rows = new TreeMap<>();
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      int id = random.nextInt(200);
      String before = rows.get(id);
      String after = typed(random, id);
      if (before == null) {
        events.add(created(after));
        rows.put(id, after);
      } else if (random.nextInt(4) == 0) {
        events.add(deleted(before));
        rows.remove(id);
      } else {
        events.add(updated(before, after));
        rows.put(id, after);
      }
    }
    return events;
  }

  @Test
  void aRowThatMovesInTheSortingKeyIsThereOnceOrNot(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("movedrows")) {
      Column place = column("place", "INT", false, "int32");
      map(pipeline, "movedrows.t", "'filter':'a > 9','orderBy':['place','id']");
      TableSchema schema = pipeline.table("movedrows", "t", List.of(ID, A, place), List.of("id"));
      String row = "{\"id\":1,\"a\":%d,\"place\":%d}";
      pipeline.source().publish(schema, created(row.formatted(10, 1)));
      pipeline.source().publish(schema, updated(row.formatted(10, 1), row.formatted(10, 2)));
      pipeline.start();
      pipeline.awaitApplied(schema);
      String query = "SELECT id, place FROM movedrows.t FINAL ORDER BY ALL";
      assertThat(clickHouse.query(query)).isEqualTo("1\t2\n");
      pipeline.source().publish(schema, updated(row.formatted(10, 2), row.formatted(1, 3)));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(query)).isEmpty();
      pipeline.source().publish(schema, updated(row.formatted(1, 3), row.formatted(1, 4)));
      pipeline.source().publish(schema, updated(row.formatted(1, 4), row.formatted(11, 5)));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(query)).isEqualTo("1\t5\n");
    }
  }

  @Test
  void zeroDatesComeBeforeAllOthers(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("zerorows")) {
      map(
          pipeline,
          "zerorows.t",
          "'filter':'day < \\u00272024-01-01\\u0027','options':{'zeroDates':'EPOCH'}");
      Column day = of("day", "DATE", null, null, wire("int32", "io.debezium.time.Date"));
      TableSchema schema = pipeline.table("zerorows", "t", List.of(ID, day), List.of("id"));
      var zero = new ZeroDates(Map.of(), Map.of("day", "0000-00-00"));
      pipeline.source().publish(schema, zero, created("{\"id\":1,\"day\":null}"));
      pipeline
          .source()
          .publish(schema, created("{\"id\":2,\"day\":20000}"), created("{\"id\":3,\"day\":null}"));
      pipeline.start();
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT id, day FROM zerorows.t FINAL"))
          .isEqualTo("1\t1970-01-01\n");
    }
  }

  @Test
  void whatCantBeEvaluatedStopsTheTable() throws Exception {
    Map<String, String> cases = new LinkedHashMap<>();
    cases.put("nope = 1", "The filter uses nope, which is no column");
    cases.put("nope IS NULL", "The filter uses nope, which is no column");
    cases.put(
        "big = \\u00271\\u0027", "big is BIGINT UNSIGNED: compare it with a number without quotes");
    cases.put("name = 1", "name is VARCHAR: compare it with a text in single quotes, not with 1");
    cases.put("name > \\u0027A\\u0027", "the order of texts is a matter of collation");
    cases.put("net LIKE \\u00271%\\u0027", "net is DECIMAL, and LIKE is for texts");
    cases.put("day = \\u00272024-02-30\\u0027", "day is DATE: compare it with a date");
    cases.put("day = \\u00272024-02-28 10:00:00\\u0027", "has more digits than its values");
    cases.put("seen = \\u00272024-02-28 10:00:00.0001\\u0027", "seen is DATETIME(3), and");
    cases.put("doc = \\u0027{}\\u0027", "doc is JSON, which can't be compared: ask for IS NULL");
    List<Column> columns = new ArrayList<>(TYPED);
    columns.add(of("doc", "JSON", null, null, wire("string", "io.debezium.data.Json")));
    try (Pipeline pipeline = new Pipeline("badfilter")) {
      pipeline.start();
      int i = 0;
      for (Map.Entry<String, String> each : cases.entrySet()) {
        String name = "t" + i++;
        map(pipeline, "badfilter." + name, "'filter':'%s'".formatted(each.getKey()));
        TableSchema schema = pipeline.table("badfilter", name, columns, List.of("id"));
        pipeline.source().publish(schema, created("{}"));
        pipeline.awaitFailure(schema, each.getValue());
      }
    }
  }

  @Test
  void anotherFilterStopsATableThatIsFilled(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("otherfilter")) {
      String mapping = "{'tables':'otherfilter.t','filter':'%s'%s}";
      pipeline.source().map("m", mapping.formatted("a > 9", ""));
      TableSchema schema = pipeline.table("otherfilter", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(1, 10)), created(row(2, 2)));
      pipeline.awaitApplied(schema);
      pipeline.source().map("m", mapping.formatted("a > 1", ""));
      String reason =
          String.valueOf(
              pipeline
                  .awaitFailureOn(
                      schema,
                      created(row(3, 30)),
                      "filled with the rows where `a` > 9, and by mapping m it must have the rows where `a` > 1",
                      "Rebuild it")
                  .reason());
      assertThat(reason).contains("MODIFY COMMENT");
      // The same condition in other words
      pipeline.source().map("m", mapping.formatted("(  a>9.0 )", ""));
      pipeline.awaitApplied(schema);
      pipeline.source().mapping("m", null);
      pipeline.awaitFailureOn(
          schema, created(row(3, 30)), "by mapping default it must have all rows");
    }
  }

  @Test
  void eventsGoOnByAnotherFilter(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("laterfilter")) {
      String mapping = "{'tables':'laterfilter.t','mode':'APPEND','filter':'%s'}";
      pipeline.source().map("m", mapping.formatted("a > 9"));
      TableSchema schema = pipeline.table("laterfilter", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(1, 10)), created(row(2, 2)));
      pipeline.awaitApplied(schema);
      pipeline.source().map("m", mapping.formatted("a < 9"));
      pipeline.awaitOn(
          schema,
          created(row(3, 3)),
          clickHouse,
          "SELECT groupUniqArray(id) FROM laterfilter.t__events",
          "3");
      assertThat(clickHouse.query("SELECT DISTINCT id FROM laterfilter.t__events ORDER BY id"))
          .isEqualTo("1\n3\n");
    }
  }

  /** A value that the filter can't read; the row was refused when it came, and is let go of. */
  @Test
  void aRowThatTheFilterCantReadIsQuarantinedUntilItIsCorrected(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("unreadrows")) {
      map(pipeline, "unreadrows.*", "'filter':'a > 9'");
      TableSchema keyed = pipeline.table("unreadrows", "keyed", COLUMNS, List.of("id"));
      TableSchema bare = pipeline.table("unreadrows", "bare", COLUMNS, List.of());
      String unread = "{\"id\":%d,\"a\":\"x\"}";
      for (TableSchema schema : List.of(keyed, bare)) {
        for (int id = 1; id <= 4; id++) {
          String refused = unread.formatted(id);
          pipeline.source().publish(schema, created(row(id, 10)), updated(row(id, 10), refused));
        }
        pipeline.source().publish(schema, updated(unread.formatted(1), row(1, 11)));
        pipeline.source().publish(schema, updated(unread.formatted(2), row(2, 2)));
      }
      pipeline.source().publish(keyed, deleted(unread.formatted(3)));
      pipeline.start();
      for (TableSchema schema : List.of(keyed, bare)) {
        assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(4);
      }
      assertThat(clickHouse.query("SELECT id, a FROM unreadrows.keyed FINAL")).isEqualTo("1\t11\n");
      assertThat(clickHouse.query("SELECT id, a FROM unreadrows.bare")).isEqualTo("1\t11\n");
    }
  }
}
