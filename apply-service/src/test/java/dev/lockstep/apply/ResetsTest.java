package dev.lockstep.apply;

import static dev.lockstep.apply.Pipeline.SOON;
import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that are older than a reset go, in whatever order things arrive. */
@Tag("capture")
@ExtendWith(Servers.class)
class ResetsTest {
  private static final List<Column> COLUMNS = List.of(ID, NAME);

  private static String row(int id) {
    return "{\"id\":%d,\"name\":\"n\"}".formatted(id);
  }

  private static String[] rows(int... ids) {
    return IntStream.of(ids).mapToObj(id -> created(row(id))).toArray(String[]::new);
  }

  private static TableSchema table(
      Pipeline pipeline, String suite, List<String> key, int partitions) throws Exception {
    String topic = suite + "src." + suite + ".t";
    pipeline.source().topic(topic, partitions);
    return pipeline.source().schema(suite, topic, COLUMNS, key);
  }

  private static void awaitRows(ClickHouseServer clickHouse, String table, String ids) {
    String sql = "SELECT arrayStringConcat(arraySort(groupArray(toString(id))), ' ') FROM " + table;
    eventually("the rows of " + table, SOON, () -> clickHouse.query(sql).strip(), ids);
  }

  @Test
  void aResetThatComesLateDeletesWhatWasAppliedOnBothPartitionsAndDropsWhatFollows(
      ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("resetlate")) {
      TableSchema schema = table(pipeline, "resetlate", List.of("id"), 2);
      SourceTopic source = pipeline.source();
      pipeline.start();
      source.publishTo(0, schema, rows(1, 2));
      source.publishTo(1, schema, rows(3, 4));
      long late = source.version();
      long before = source.version();
      source.publishTo(0, schema, rows(2, 5));
      awaitRows(clickHouse, "resetlate.t FINAL", "1 2 3 4 5");
      source.reset(schema, before);
      awaitRows(clickHouse, "resetlate.t FINAL", "2 5");
      source.publishLate(1, schema, late, created(row(6)));
      source.publishTo(1, schema, rows(7));
      awaitRows(clickHouse, "resetlate.t FINAL", "2 5 7");
      assertThat(clickHouse.query("SELECT count() FROM resetlate.t WHERE _version < " + before))
          .isEqualTo("0\n");
    }
  }

  @Test
  void aResetThatComesEarlyDropsAndCountsTheOlderRecordsOfAPartitionThatLags(
      ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("resetearly")) {
      TableSchema schema = pipeline.table("resetearly", "t", COLUMNS, List.of("id"));
      TableSchema other = pipeline.table("resetearly", "other", COLUMNS, List.of("id"));
      SourceTopic source = pipeline.source();
      source.publish(schema, rows(1, 2, 3));
      source.publish(schema, (String) null);
      source.publish(other, rows(1));
      source.reset(schema, source.version());
      source.publish(schema, rows(3, 4));
      RunningService service = pipeline.start();
      pipeline.awaitApplied(schema);
      pipeline.awaitApplied(other);
      awaitRows(clickHouse, "resetearly.t FINAL", "3 4");
      awaitRows(clickHouse, "resetearly.other FINAL", "1");
      assertThat(service.progress(schema.topic()).orElseThrow())
          .matches(p -> p.recordsRead() == 6 && p.rowsApplied() == 2 && p.dropped() == 4);
    }
  }

  @Test
  void whatAPredecessorLeftIsDeletedAtTheNextStartWithoutAnyRecord(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("resetstart")) {
      TableSchema schema = pipeline.table("resetstart", "t", COLUMNS, List.of("id"));
      SourceTopic source = pipeline.source();
      pipeline.start();
      source.publish(schema, rows(1, 2));
      long before = source.version();
      source.publish(schema, rows(3));
      pipeline.awaitApplied(schema);
      pipeline.stop();
      source.reset(schema, before);
      pipeline.start();
      awaitRows(clickHouse, "resetstart.t FINAL", "3");
      pipeline.stop();
      // As if one that had the partition before had died between an insert and its commit.
      clickHouse.query("INSERT INTO resetstart.t (id, _version) VALUES (9, 1)");
      pipeline.rewind(schema, pipeline.end(schema) - 1);
      pipeline.start();
      awaitRows(clickHouse, "resetstart.t FINAL", "3");
    }
  }

  @Test
  void aTableWithoutAKeyForgetsOlderInsertsAndOlderDeletesAlike(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("resetbare")) {
      TableSchema schema = table(pipeline, "resetbare", List.of(), 2);
      SourceTopic source = pipeline.source();
      pipeline.start();
      source.publishTo(0, schema, created(row(1)), created(row(1)), updated(row(1), row(2)));
      long late = source.version();
      long before = source.version();
      source.publishTo(0, schema, created(row(2)), created(row(3)), created(row(3)));
      awaitRows(clickHouse, "resetbare.t", "1 2 2 3 3");
      source.reset(schema, before);
      awaitRows(clickHouse, "resetbare.t", "2 3 3");
      source.publishLate(1, schema, late, deleted(row(3)));
      source.publishTo(1, schema, created(row(4)));
      awaitRows(clickHouse, "resetbare.t", "2 3 3 4");
      assertThat(clickHouse.query("SELECT count() FROM resetbare.t__rows")).isEqualTo("4\n");
    }
  }

  @Test
  void rowsThatLockstepDidNotWriteStopTheTableInsteadOfBeingDeleted(ClickHouseServer clickHouse)
      throws Exception {
    clickHouse.query("CREATE DATABASE resetown");
    clickHouse.query(
        "CREATE TABLE resetown.t (id Int32, name Nullable(String), _version UInt64, _deleted UInt8)"
            + " ENGINE = ReplacingMergeTree(_version, _deleted) ORDER BY id");
    clickHouse.query("INSERT INTO resetown.t (id) VALUES (1), (2)");
    try (Pipeline pipeline = new Pipeline("resetown")) {
      TableSchema schema = pipeline.table("resetown", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().reset(schema, pipeline.source().version());
      pipeline.source().publish(schema, rows(2, 3));
      pipeline.awaitFailure(schema, "2 rows with _version 0", "DELETE FROM `resetown`.`t`");
      assertThat(clickHouse.query("SELECT count() FROM resetown.t")).isEqualTo("2\n");
      clickHouse.query("DELETE FROM resetown.t WHERE _version = 0");
      awaitRows(clickHouse, "resetown.t FINAL", "2 3");
      pipeline.awaitReason(schema, State.RUNNING);
    }
  }

  @Test
  void rowsOfAnotherConnectorStayUnlessItIsGone(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("resetshared")) {
      TableSchema schema = pipeline.table("resetshared", "t", COLUMNS, List.of("id"));
      SourceTopic source = pipeline.source();
      pipeline.start();
      source.connector("second", "second");
      source.topic("second.resetshared.t", 1);
      TableSchema second = source.schema("second", "second.resetshared.t", COLUMNS, List.of("id"));
      source.publish(schema, rows(1));
      source.publish(second, rows(2));
      awaitRows(clickHouse, "resetshared.t FINAL", "1 2");
      source.reset(second, source.version());
      source.publish(second, rows(3));
      awaitRows(clickHouse, "resetshared.t FINAL", "1 2 3");
      source.deleteConnector("resetshared");
      source.reset(second, source.version());
      source.publish(second, rows(4));
      awaitRows(clickHouse, "resetshared.t FINAL", "4");
    }
  }

  @Test
  void tablesThatShareATopicAreResetEachForItselfByOneVersion(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("resettwo")) {
      TableSchema first = pipeline.table("resettwo", "a_b", COLUMNS, List.of("id"));
      SourceTopic source = pipeline.source();
      TableSchema second =
          source.schema(
              new TableSchema(
                  "resettwo",
                  first.topic(),
                  "resettwo",
                  "a#b",
                  source.version(),
                  COLUMNS,
                  List.of("id")));
      pipeline.start();
      source.publish(first, rows(1));
      source.publish(second, rows(2));
      long before = source.version();
      source.publish(first, rows(3));
      source.publish(second, rows(4));
      awaitRows(clickHouse, "resettwo.a_b FINAL", "1 3");
      source.reset(first, before);
      awaitRows(clickHouse, "resettwo.a_b FINAL", "3");
      awaitRows(clickHouse, "resettwo.`a#b` FINAL", "2 4");
      source.reset(second, before);
      awaitRows(clickHouse, "resettwo.`a#b` FINAL", "4");
    }
  }
}
