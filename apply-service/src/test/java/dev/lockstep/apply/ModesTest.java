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
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Histories and events, beside a mirror and alone. */
@Tag("apply")
@ExtendWith(Servers.class)
class ModesTest {
  private static final Column A = column("a", "INT", true, "int32");
  private static final List<Column> COLUMNS = List.of(ID, A);

  private static String row(int id, int a) {
    return "{\"id\":%d,\"a\":%d}".formatted(id, a);
  }

  /** An event that was committed in the source so many seconds after 1970. */
  private static String at(int second, String event) {
    return event
        .replace("1700000000123456", second + "000000")
        .replace("1700000000123", second + "000");
  }

  private static String read(int second, String row) {
    return SourceTopic.read(row, second * 1_000_000L);
  }

  private static void allModes(Pipeline pipeline, String database) {
    pipeline.source().map("mirror", "{'tables':'%s\\\\..*'}".formatted(database));
    pipeline.source().map("history", "{'tables':'%s\\\\..*','mode':'HISTORY'}".formatted(database));
    pipeline.source().map("append", "{'tables':'%s\\\\..*','mode':'APPEND'}".formatted(database));
  }

  private static String history(ClickHouseServer clickHouse, String table) throws Exception {
    return clickHouse.query(
        "SELECT id, a, _op, toUnixTimestamp(_valid_from), toUnixTimestamp(_valid_to) FROM %s__history ORDER BY id, _version"
            .formatted(table));
  }

  @Test
  void aTableIsMirroredAndItsHistoryAndEventsAreKeptAtOnce(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("modes")) {
      allModes(pipeline, "modes");
      TableSchema schema = pipeline.table("modes", "t", COLUMNS, List.of("id"));
      pipeline.source().publish(schema, read(10, row(1, 1)), read(10, row(2, 2)));
      pipeline.source().publish(schema, at(20, updated(row(1, 1), row(1, 5))));
      pipeline.source().publish(schema, at(30, deleted(row(2, 2))));
      pipeline.source().publish(schema, at(40, created(row(2, 7))));
      pipeline.source().publish(schema, at(40, updated(row(2, 7), row(2, 8))));
      for (int i = 0; i < 2; i++) {
        pipeline.start();
        TablePartitionStatus status = pipeline.awaitApplied(schema);
        assertThat(status.targetTable()).isEqualTo("t");
        assertThat(clickHouse.query("SELECT id, a FROM modes.t FINAL ORDER BY id"))
            .isEqualTo("1\t5\n2\t8\n");
        assertThat(history(clickHouse, "modes.t"))
            .isEqualTo(
                """
                1\t1\tread\t10\t20
                1\t5\tupdate\t20\t\\N
                2\t2\tread\t10\t30
                2\t7\tcreate\t40\t40
                2\t8\tupdate\t40\t\\N
                """);
        assertThat(
                clickHouse.query(
                    "SELECT id, a, _op, toUnixTimestamp(_source_time) FROM modes.t__events FINAL ORDER BY _version"))
            .isEqualTo(
                """
                1\t1\tread\t10
                2\t2\tread\t10
                1\t5\tupdate\t20
                2\t2\tdelete\t30
                2\t7\tcreate\t40
                2\t8\tupdate\t40
                """);
        pipeline.stop();
        pipeline.rewind(schema, 0); // what is delivered again adds nothing
        pipeline.source().publish(schema, (String) null);
      }
      assertThat(clickHouse.query("SELECT count() > 6 FROM modes.t__events")).isEqualTo("1\n");
      clickHouse.query("OPTIMIZE TABLE modes.t__events FINAL");
      assertThat(clickHouse.query("SELECT count() FROM modes.t__events")).isEqualTo("6\n");
    }
  }

  @Test
  void aHistoryAloneLeavesNoMirrorAndKeepsWhatItsMappingSays(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("onlyhistory")) {
      pipeline
          .source()
          .map(
              "h",
              """
              {'tables':'onlyhistory\\\\..*','mode':'HISTORY','target':{'table':'past_${table}'},
               'columns':{'id':{'name':'key'}},'deletes':'IGNORE','partitionBy':'toYYYYMM(_source_time)',
               'orderBy':['_source_time','key'],
               'computed':{'twice':{'type':'Nullable(Int64)','expression':'a * 2'}}}
              """);
      TableSchema schema = pipeline.table("onlyhistory", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, at(10, created(row(1, 1))));
      pipeline.source().publish(schema, at(9_000_000, updated(row(1, 1), row(1, 2))));
      pipeline.source().publish(schema, at(9_000_001, deleted(row(1, 2))));
      assertThat(pipeline.awaitApplied(schema).rowsApplied()).isEqualTo(2);
      assertThat(
              clickHouse.query(
                  "SELECT key, a, twice, _op, toUnixTimestamp(_valid_to) FROM onlyhistory.past_t ORDER BY _version"))
          .isEqualTo("1\t1\t2\tcreate\t9000000\n1\t2\t4\tupdate\t\\N\n");
      assertThat(clickHouse.query("EXISTS onlyhistory.t")).isEqualTo("0\n");
    }
  }

  @Test
  void aResetEndsWhatIsOpenAndTakesNothingFromHistoryOrEvents(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("modereset")) {
      allModes(pipeline, "modereset");
      String topic = "moderesetsrc.modereset.t";
      pipeline.source().topic(topic, 2);
      TableSchema schema = pipeline.source().schema("modereset", topic, COLUMNS, List.of("id"));
      long old = pipeline.source().version();
      pipeline
          .source()
          .publishTo(0, schema, at(10, created(row(1, 1))), at(10, created(row(2, 1))));
      pipeline.source().publishTo(0, schema, at(20, deleted(row(2, 1))));
      pipeline.start();
      Pipeline.awaitRows(clickHouse, "SELECT count() FROM modereset.t__events FINAL", "3\n");
      long before = pipeline.source().version();
      pipeline.source().publishTo(0, schema, read(2, row(1, 9)));
      pipeline.source().reset(schema, before);
      // Of the other partition, what was published before the reset comes after it.
      pipeline.source().publishLate(1, schema, old, at(1, created(row(3, 3))));
      Pipeline.awaitRows(clickHouse, "SELECT id, a FROM modereset.t FINAL ORDER BY id", "1\t9\n");
      Pipeline.awaitRows(clickHouse, "SELECT count() FROM modereset.t__events FINAL", "5\n");
      Pipeline.awaitRows(
          clickHouse,
          "SELECT count() FROM modereset.t__history__rows FINAL WHERE _op = 'reset'",
          "1\n");
      assertThat(
              clickHouse.query(
                  "SELECT id, a, _op, toUnixTimestamp(_valid_from), toUnixTimestamp64Micro(assumeNotNull(_valid_to)), isNull(_valid_to) FROM modereset.t__history ORDER BY id, _version"))
          .isEqualTo(
              """
              1\t1\tcreate\t10\t2000000\t0
              1\t9\tread\t2\t0\t1
              2\t1\tcreate\t10\t20000000\t0
              3\t3\tcreate\t1\t%d\t0
              """
                  .formatted(before));
    }
  }

  @Test
  void aRefusedVersionEndsTheOneBeforeItAndNoMore(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("moderefused")) {
      allModes(pipeline, "moderefused");
      TableSchema schema = pipeline.table("moderefused", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, at(10, created(row(1, 1))));
      pipeline.source().publish(schema, at(20, updated(row(1, 1), "{\"id\":1,\"a\":\"x\"}")));
      pipeline.source().publish(schema, at(30, updated("{\"id\":1,\"a\":\"x\"}", row(1, 3))));
      pipeline.source().publish(schema, at(40, deleted("{\"id\":1,\"a\":\"x\"}")));
      TablePartitionStatus status = pipeline.awaitApplied(schema);
      assertThat(status.recordsQuarantined()).isEqualTo(2);
      assertThat(history(clickHouse, "moderefused.t"))
          .isEqualTo("1\t1\tcreate\t10\t20\n1\t3\tupdate\t30\t40\n");
      assertThat(
              clickHouse.query("SELECT a, _op FROM moderefused.t__events FINAL ORDER BY _version"))
          .isEqualTo("1\tcreate\n3\tupdate\n");
      assertThat(
              ControlReader.records(
                  pipeline.kafka(), pipeline.kafka().topics().deadLetters(), schema.topic()))
          .hasSize(2);
    }
  }

  @Test
  void eventsOfATableWithoutAKeyAreKeptAndAHistoryOfItIsRefused(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("modebare")) {
      pipeline.source().map("a", "{'tables':'modebare\\\\.t','mode':'APPEND'}");
      pipeline.source().map("h", "{'tables':'modebare\\\\.h','mode':'HISTORY'}");
      pipeline.source().map("s", "{'tables':'modebare\\\\.s','mode':'APPEND','deletes':'SOFT'}");
      pipeline.source().map("o", "{'tables':'modebare\\\\.o','mode':'HISTORY','orderBy':['a']}");
      TableSchema bare = pipeline.table("modebare", "t", COLUMNS, List.of());
      pipeline.start();
      pipeline.source().publish(bare, created(row(1, 1)), created(row(1, 1)), deleted(row(1, 1)));
      pipeline.awaitApplied(bare);
      assertThat(clickHouse.query("SELECT id, _op FROM modebare.t__events FINAL ORDER BY _version"))
          .isEqualTo("1\tcreate\n1\tcreate\n1\tdelete\n");
      Map<String, String> refused =
          Map.of("h", "mode APPEND", "s", "deletes SOFT is for mode MIRROR", "o", "all columns of");
      for (String table : refused.keySet()) {
        List<String> key = table.equals("o") ? List.of("id") : List.of();
        TableSchema schema = pipeline.table("modebare", table, COLUMNS, key);
        pipeline.source().publish(schema, created(row(1, 1)));
        pipeline.awaitFailure(schema, refused.get(table));
      }
    }
  }

  @Test
  void aHistoryThatIsAddedLaterBeginsThenAndAColumnThatGoesStaysInIt(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("modelater")) {
      TableSchema schema = pipeline.table("modelater", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, at(10, created(row(1, 1))));
      pipeline.awaitApplied(schema);
      pipeline.source().map("history", "{'tables':'modelater\\\\.t','mode':'HISTORY'}");
      pipeline.source().map("mirror", "{'tables':'modelater\\\\.t'}");
      pipeline.awaitOn(
          schema,
          at(20, updated(row(1, 1), row(1, 2))),
          clickHouse,
          "EXISTS modelater.t__history",
          "1");
      pipeline.awaitApplied(schema);
      TableSchema narrower = pipeline.changed(schema, List.of(ID), List.of("id"));
      pipeline.source().publish(narrower, at(30, updated("{\"id\":1}", "{\"id\":1}")));
      pipeline.awaitApplied(schema);
      TableSchema wider =
          pipeline.changed(schema, List.of(ID, column("b", "INT", true, "int32")), List.of("id"));
      pipeline
          .source()
          .publish(wider, at(40, updated("{\"id\":1,\"b\":null}", "{\"id\":1,\"b\":4}")));
      pipeline.awaitApplied(schema);
      assertThat(
              clickHouse.query(
                  "SELECT id, a, b, toUnixTimestamp(_valid_to) FROM modelater.t__history WHERE _valid_to IS NULL OR toUnixTimestamp(_valid_to) > 20 ORDER BY _version"))
          .isEqualTo("1\t2\t\\N\t30\n1\t\\N\t\\N\t40\n1\t\\N\t4\t\\N\n");
    }
  }
}
