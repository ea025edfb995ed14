package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.column;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a mapping lays tables out: sorting and partition key, TTL, settings, computed columns. */
@Tag("apply")
@ExtendWith(Servers.class)
class LayoutTest {
  private static final Column DAY =
      new Column(
          "day", "DATE", null, null, false, new Wire("int32", "io.debezium.time.Date", Map.of()));
  private static final Column NOTE = column("note", "VARCHAR", true, "string");
  private static final List<Column> COLUMNS = List.of(ID, DAY, NOTE);
  private static final String BY_DAY =
      "{'tables':'%s\\\\..*','orderBy':['day','id'],'partitionBy':'toYYYYMM(day)'}";

  private static String row(int id, int day, String note) {
    return "{\"id\":%d,\"day\":%d,\"note\":%s}".formatted(id, day, note);
  }

  @Test
  void aTableIsLaidOutAsItsMappingSays(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("laidout")) {
      pipeline
          .source()
          .map(
              "m",
              """
              {'tables':'laidout\\\\..*','orderBy':['day','id'],'partitionBy':'toYYYYMM(day)',
               'ttl':'toDateTime(day) + INTERVAL 9 YEAR RECOMPRESS CODEC(ZSTD(9)), toDateTime(_version / 1000000) + INTERVAL 99 YEAR',
               'settings':{'index_granularity':4096,'ttl_only_drop_parts':true},
               'computed':{'week':{'type':'UInt8','expression':'toISOWeek(day)'},
                           'shout':{'type':'Nullable(String)','expression':'upper(note)','kind':'ALIAS'}}}
              """);
      TableSchema schema = pipeline.table("laidout", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(1, 19_723, "\"a\"")));
      pipeline.awaitApplied(schema);
      assertThat(
              clickHouse.query(
                  "SELECT sorting_key, partition_key, engine_full LIKE '%TTL toDateTime(day)%', engine_full LIKE '%index_granularity = 4096%ttl_only_drop_parts%' FROM system.tables WHERE database = 'laidout'"))
          .isEqualTo("day, id\t(toYYYYMM(day))\t1\t1\n");
      assertThat(clickHouse.query("SELECT id, note, week, shout FROM laidout.t FINAL"))
          .isEqualTo("1\ta\t1\tA\n");
    }
  }

  @Test
  void aRowMovesInTheSortingKeyAndIsThereOnce(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("moving")) {
      pipeline.source().map("m", BY_DAY.formatted("moving"));
      TableSchema schema = pipeline.table("moving", "t", COLUMNS, List.of("id"));
      String[] days = {row(1, 1, "null"), row(1, 400, "null"), row(1, 1, "\"back\"")};
      pipeline.source().publish(schema, created(days[0]), created(row(2, 1, "null")));
      pipeline.source().publish(schema, created(row(3, 5, "null")));
      pipeline.source().publish(schema, updated(days[0], days[1]), updated(days[1], days[2]));
      pipeline.source().publish(schema, updated(row(2, 1, "null"), row(2, 800, "null")));
      pipeline.source().publish(schema, updated(row(3, 5, "null"), row(3, 5, "\"same\"")));
      pipeline.start(); // with one block, in which a key's newest row does not say all
      TablePartitionStatus status = pipeline.awaitApplied(schema);
      assertThat(status.rowsApplied()).isEqualTo(7);
      String expected = "1\t1970-01-02\tback\n2\t1972-03-11\t\\N\n3\t1970-01-06\tsame\n";
      String query = "SELECT id, day, note FROM moving.t FINAL ORDER BY id";
      assertThat(clickHouse.query(query)).isEqualTo(expected);
      pipeline.stop();
      pipeline.rewind(schema, 0);
      pipeline.start();
      pipeline.source().publish(schema, created(row(4, 1, "null")), deleted(row(4, 1, "null")));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(query)).isEqualTo(expected);
      clickHouse.query("OPTIMIZE TABLE moving.t FINAL");
      assertThat(clickHouse.query(query)).isEqualTo(expected);
    }
  }

  @Test
  void aRowThatIsRefusedLeavesThePlaceWhereItWas(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("movebad")) {
      pipeline.source().map("m", BY_DAY.formatted("movebad"));
      TableSchema schema = pipeline.table("movebad", "t", COLUMNS, List.of("id"));
      pipeline.start();
      String first = row(1, 1, "null");
      String bad = row(1, 9_999_999, "null");
      String moved = row(1, 40, "7");
      String last = row(1, 80, "\"x\"");
      pipeline.source().publish(schema, created(first), updated(first, bad));
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(1);
      assertThat(clickHouse.query("SELECT count() FROM movebad.t FINAL")).isEqualTo("0\n");
      pipeline.source().publish(schema, updated(bad, first), updated(first, moved));
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(2);
      assertThat(clickHouse.query("SELECT count() FROM movebad.t FINAL")).isEqualTo("0\n");
      pipeline.source().publish(schema, updated(moved, last));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT id, day, note FROM movebad.t FINAL"))
          .isEqualTo("1\t1970-03-22\tx\n");
      pipeline.source().publish(schema, SourceTopic.event("u", "null", first));
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(3);
    }
  }

  @Test
  void whatCantBeRightIsRefused() throws Exception {
    Map<String, String> cases = new LinkedHashMap<>();
    cases.put("'orderBy':['day']", "orderBy must have all columns of the key (id)");
    cases.put("'orderBy':['id','note']", "ClickHouse does not sort by Nullable(String)");
    cases.put("'orderBy':['id','nope']", "orderBy has nope, which is no column");
    cases.put("'orderBy':['id','_version']", "orderBy has _version, which is no column");
    cases.put("'orderBy':['id','day'],'deletes':'SOFT'", "with deletes SOFT");
    cases.put("'partitionBy':'toYYYYMM(day)'", "partitionBy uses day, which is not in the sorting");
    cases.put("'partitionBy':'intDiv(_version, 9)'", "partitionBy uses _version");
    cases.put("'ttl':'toDateTime(day) + INTERVAL 1 DAY'", "ttl uses day, which can differ");
    cases.put(
        "'ttl':'toDateTime(_version) + INTERVAL 1 DAY DELETE WHERE _deleted = 1'", "ttl uses _");
    cases.put("'computed':{'note':{'type':'Int8','expression':'1'}}", "the name of another column");
    cases.put("'computed':{'x':{'type':'Int8','expression':'nope'}}", "nope");
    cases.put("'settings':{'no_such_setting':1}", "no_such_setting");
    try (Pipeline pipeline = new Pipeline("laidbad")) {
      pipeline.start();
      int i = 0;
      for (Map.Entry<String, String> each : cases.entrySet()) {
        String name = "t" + i++;
        pipeline
            .source()
            .map(name, "{'tables':'laidbad\\\\.%s',%s}".formatted(name, each.getKey()));
        TableSchema schema = pipeline.table("laidbad", name, COLUMNS, List.of("id"));
        pipeline.source().publish(schema, created(row(1, 1, "null")));
        pipeline.awaitFailure(schema, each.getValue());
      }
      String keyless = "{'tables':'laidbad\\\\.bare','ttl':'toDateTime(day)','orderBy':['id']}";
      pipeline.source().map("bare", keyless);
      TableSchema bare = pipeline.table("laidbad", "bare", COLUMNS, List.of());
      pipeline.source().publish(bare, created(row(1, 1, "null")));
      pipeline.awaitFailure(bare, "orderBy and ttl are for tables with a key");
    }
  }

  @Test
  void ttlSettingsAndComputedColumnsAreChangedInPlace(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("inplace")) {
      TableSchema schema = pipeline.table("inplace", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(1, 1, "\"a\"")));
      pipeline.awaitApplied(schema);
      pipeline
          .source()
          .map(
              "m",
              """
              {'tables':'inplace\\\\.t','ttl':'toDateTime(_version / 1000000) + INTERVAL 99 YEAR',
               'settings':{'merge_with_ttl_timeout':600},
               'computed':{'week':{'type':'UInt8','expression':'toISOWeek(day)'},
                           'twice':{'type':'UInt64','expression':'id * 2','kind':'ALIAS'}}}
              """);
      String full = "SELECT engine_full FROM system.tables WHERE database = 'inplace'";
      pipeline.awaitOn(
          schema,
          created(row(2, 9, "\"b\"")),
          clickHouse,
          full,
          "toIntervalYear(99)",
          "merge_with_ttl_timeout");
      pipeline.awaitApplied(schema);
      String rows = "SELECT id, week, twice FROM inplace.t FINAL ORDER BY id";
      assertThat(clickHouse.query(rows)).isEqualTo("1\t1\t2\n2\t2\t4\n");
      pipeline
          .source()
          .map(
              "m",
              """
              {'tables':'inplace\\\\.t','computed':{'week':{'type':'UInt32','expression':'toYearWeek(day)'}}}
              """);
      pipeline.awaitOn(
          schema,
          created(row(3, 9, "\"b\"")),
          clickHouse,
          "SELECT type FROM system.columns WHERE database = 'inplace' AND name = 'week'",
          "UInt32");
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query(full)).doesNotContain("TTL", "merge_with_ttl_timeout");
      Pipeline.awaitRows(
          clickHouse,
          "SELECT id, week FROM inplace.t FINAL ORDER BY id",
          "1\t196952\n2\t197001\n3\t197001\n");
      assertThat(
              clickHouse.query(
                  "SELECT count() FROM system.columns WHERE database = 'inplace' AND name = 'twice'"))
          .isEqualTo("0\n");
    }
  }

  @Test
  void aTableWithoutAKeyIsPartitionedByAnything(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("bareparts")) {
      pipeline.source().map("m", "{'tables':'bareparts\\\\..*','partitionBy':'toYYYYMM(day)'}");
      TableSchema schema = pipeline.table("bareparts", "t", COLUMNS, List.of());
      pipeline.start();
      String one = row(1, 1, "null");
      pipeline.source().publish(schema, created(one), created(one));
      pipeline.source().publish(schema, updated(one, row(1, 800, "null")));
      pipeline.awaitApplied(schema);
      pipeline.stop();
      pipeline.rewind(schema, 0);
      pipeline.start();
      pipeline.source().publish(schema, created(row(2, 2, "null")));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT id, day FROM bareparts.t ORDER BY day"))
          .isEqualTo("1\t1970-01-02\n2\t1970-01-03\n1\t1972-03-11\n");
    }
  }
}
