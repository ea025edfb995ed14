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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Other names in the target, columns that are left out, and rows that are deleted in the source.
 */
@Tag("apply")
@ExtendWith(Servers.class)
class TargetsTest {
  private static final Column A = column("a", "INT", true, "int32");
  private static final Column B = column("b", "INT", true, "int32");
  private static final List<Column> COLUMNS = List.of(ID, A, B);
  private static final String ROW = "{\"id\":%d,\"a\":%d,\"b\":%d}";

  private static String row(int id, int a, int b) {
    return ROW.formatted(id, a, b);
  }

  @Test
  void rowsGoWhereTheMappingNames(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("named")) {
      pipeline
          .source()
          .map(
              "shards",
              """
              {'tables':'named_(?<shard>\\\\d+)\\\\.(.*)',
               'target':{'database':'named_all','table':'$2_of_${shard}'}}
              """);
      TableSchema keyed = pipeline.table("named_1", "t", COLUMNS, List.of("id"));
      TableSchema bare = pipeline.table("named_2", "t", COLUMNS, List.of());
      pipeline.start();
      pipeline.source().publish(keyed, created(row(1, 2, 3)), deleted(row(9, 2, 3)));
      pipeline.source().publish(bare, created(row(1, 2, 3)), created(row(1, 2, 3)));
      TablePartitionStatus status = pipeline.awaitApplied(keyed);
      assertThat(status.sourceTable()).isEqualTo("t");
      assertThat(status.targetDatabase()).isEqualTo("named_all");
      assertThat(status.targetTable()).isEqualTo("t_of_1");
      pipeline.awaitApplied(bare);
      assertThat(clickHouse.query("SELECT id, a, b FROM named_all.t_of_1 FINAL"))
          .isEqualTo("1\t2\t3\n");
      assertThat(clickHouse.query("SELECT id, a, b FROM named_all.t_of_2"))
          .isEqualTo("1\t2\t3\n".repeat(2));
      assertThat(clickHouse.query("SELECT count() FROM system.databases WHERE name = 'named_1'"))
          .isEqualTo("0\n");
    }
  }

  @Test
  void twoTablesInOneTargetAreRefusedAndTheFirstGoesOn(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("merged")) {
      String one = "{'tables':'merged_.\\\\.t','target':{'database':'merged'}}";
      pipeline.source().map("one", one);
      TableSchema first = pipeline.table("merged_a", "t", COLUMNS, List.of("id"));
      TableSchema second = pipeline.table("merged_b", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(first, created(row(1, 1, 1)));
      pipeline.awaitApplied(first);
      pipeline.source().publish(second, created(row(1, 2, 2)));
      pipeline.awaitFailure(
          second, "the rows of the source table `merged_a`.`t`", "`merged_b`", "another target");
      pipeline.source().reset(second, pipeline.source().version());
      pipeline.source().publish(first, created(row(2, 1, 1)));
      pipeline.awaitApplied(first);
      assertThat(clickHouse.query("SELECT id, a FROM merged.t FINAL ORDER BY id"))
          .isEqualTo("1\t1\n2\t1\n");
      pipeline.source().map("two", "{'tables':'merged_b\\\\.t','target':{'table':'of_b'}}");
      pipeline.source().publish(second, created(row(3, 3, 3)));
      pipeline.awaitApplied(second);
      assertThat(clickHouse.query("SELECT id, a FROM merged_b.of_b FINAL")).isEqualTo("3\t3\n");
    }
  }

  @Test
  void columnsAreLeftOutAndRenamedWhateverTheyHold(ClickHouseServer clickHouse) throws Exception {
    Column unknown = column("place", "HYPERCUBE", true, "map");
    Column day = date("day");
    List<Column> columns = List.of(unknown, ID, A, day, column("_version", "INT", true, "int32"));
    try (Pipeline pipeline = new Pipeline("leftout")) {
      pipeline
          .source()
          .map(
              "m",
              """
              {'tables':'leftout\\\\..*','columns':{'place':{'exclude':true},'day':{'exclude':true},
               'id':{'name':'row id'},'a':{'name':'id'},'_version':{'name':'revision'}}}
              """);
      TableSchema keyed = pipeline.table("leftout", "keyed", columns, List.of("id"));
      TableSchema bare = pipeline.table("leftout", "bare", columns, List.of());
      pipeline.start();
      String row = "{\"place\":{\"x\":[1]},\"id\":%d,\"a\":%d,\"day\":0,\"_version\":7}";
      var zero = new ZeroDates(Map.of("day", "0000-00-00"), Map.of("day", "0000-00-00"));
      for (TableSchema schema : List.of(keyed, bare)) {
        pipeline.source().publish(schema, zero, created(row.formatted(1, 10)));
        pipeline.source().publish(schema, created("{\"_version\":8,\"a\":20,\"id\":2}"));
        pipeline.source().publish(schema, updated(row.formatted(1, 10), row.formatted(1, 11)));
        pipeline
            .source()
            .publish(schema, created(row.formatted(3, 3)), deleted(row.formatted(3, 3)));
        assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isZero();
      }
      String expected = "1\t11\t7\n2\t20\t8\n";
      String query = "SELECT `row id`, id, revision FROM leftout.%s ORDER BY 1";
      assertThat(clickHouse.query(query.formatted("keyed FINAL"))).isEqualTo(expected);
      assertThat(clickHouse.query(query.formatted("bare"))).isEqualTo(expected);
      assertThat(
              clickHouse.query(
                  "SELECT name FROM system.columns WHERE database = 'leftout' AND table = 'keyed'"))
          .isEqualTo("row id\nid\nrevision\n_version\n_deleted\n");
    }
  }

  private static Column date(String name) {
    var wire = new Wire("int32", "io.debezium.time.Date", Map.of());
    return new Column(name, "DATE", null, null, true, wire);
  }

  @Test
  void whatCantBeRightIsRefused() throws Exception {
    try (Pipeline pipeline = new Pipeline("cantbe")) {
      pipeline.source().map("key", "{'tables':'cantbe\\\\.key','columns':{'id':{'exclude':true}}}");
      pipeline.source().map("same", "{'tables':'cantbe\\\\.same','columns':{'a':{'name':'b'}}}");
      pipeline
          .source()
          .map("own", "{'tables':'cantbe\\\\.own','columns':{'a':{'name':'_deleted'}}}");
      pipeline.source().map("soft", "{'tables':'cantbe\\\\.soft','deletes':'SOFT'}");
      pipeline.source().map("none", "{'tables':'cantbe\\\\.()none','target':{'table':'$1'}}");
      Map<String, String> reasons =
          Map.of(
              "key", "Key column id is excluded by mapping key",
              "same", "Two columns would be called b",
              "own", "Column _deleted has a name that the target needs",
              "soft", "no row can be marked as deleted",
              "none", "gives cantbe.none an empty name");
      pipeline.start();
      for (String table : reasons.keySet()) {
        List<String> key = table.equals("soft") ? List.of() : List.of("id");
        TableSchema schema = pipeline.table("cantbe", table, COLUMNS, key);
        pipeline.source().publish(schema, created(row(1, 1, 1)));
        pipeline.awaitFailure(schema, reasons.get(table));
      }
    }
  }

  @Test
  void aDeletedRowGoesOrStaysMarkedOrStaysAsItWas(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("deletes")) {
      pipeline.source().map("soft", "{'tables':'deletes\\\\.soft','deletes':'SOFT'}");
      pipeline.source().map("ignore", "{'tables':'deletes\\\\.ignore.*','deletes':'IGNORE'}");
      TableSchema gone = pipeline.table("deletes", "gone", COLUMNS, List.of("id"));
      TableSchema soft = pipeline.table("deletes", "soft", COLUMNS, List.of("id"));
      TableSchema ignore = pipeline.table("deletes", "ignore", COLUMNS, List.of("id"));
      TableSchema bare = pipeline.table("deletes", "ignorebare", COLUMNS, List.of());
      pipeline.start();
      for (TableSchema schema : List.of(gone, soft, ignore, bare)) {
        pipeline.source().publish(schema, created(row(1, 1, 1)), created(row(2, 2, 2)));
        pipeline.source().publish(schema, updated(row(1, 1, 1), row(1, 5, 1)));
        pipeline.source().publish(schema, deleted(row(1, 5, 1)));
        TablePartitionStatus status = pipeline.awaitApplied(schema);
        boolean ignores = schema == ignore || schema == bare;
        assertThat(status.rowsApplied() + status.rowsSuperseded()).isEqualTo(ignores ? 3 : 4);
        assertThat(status.recordsDropped()).isEqualTo(ignores ? 1 : 0);
        assertThat(status.recordsRead()).isEqualTo(4);
      }
      String query = "SELECT id, a FROM deletes.%s FINAL ORDER BY id";
      assertThat(clickHouse.query(query.formatted("gone"))).isEqualTo("2\t2\n");
      assertThat(clickHouse.query("SELECT id, a, _deleted FROM deletes.soft FINAL ORDER BY id"))
          .isEqualTo("1\t5\t1\n2\t2\t0\n");
      assertThat(clickHouse.query(query.formatted("ignore"))).isEqualTo("1\t5\n2\t2\n");
      assertThat(clickHouse.query("SELECT id, a FROM deletes.ignorebare ORDER BY id"))
          .isEqualTo("1\t5\n2\t2\n");
    }
  }

  /** Rows that are gone unseen are treated as those whose delete was seen. */
  @Test
  void aResetTreatsRowsAsADeleteDoes(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("resetkept")) {
      pipeline.source().map("soft", "{'tables':'resetkept\\\\.soft','deletes':'SOFT'}");
      pipeline.source().map("ignore", "{'tables':'resetkept\\\\.ignore','deletes':'IGNORE'}");
      TableSchema soft = pipeline.table("resetkept", "soft", COLUMNS, List.of("id"));
      TableSchema ignore = pipeline.table("resetkept", "ignore", COLUMNS, List.of("id"));
      pipeline.start();
      for (TableSchema schema : List.of(soft, ignore)) {
        pipeline.source().publish(schema, created(row(1, 1, 1)), created(row(2, 2, 2)));
        pipeline.source().publish(schema, created(row(3, 3, 3)), deleted(row(3, 3, 3)));
        pipeline.awaitApplied(schema);
        long before = pipeline.source().version();
        pipeline.source().reset(schema, before);
        pipeline.source().publish(schema, created(row(2, 20, 2)));
        pipeline.awaitApplied(schema);
      }
      Pipeline.awaitRows(
          clickHouse,
          "SELECT id, a, _deleted FROM resetkept.soft FINAL ORDER BY id",
          "1\t1\t1\n2\t20\t0\n3\t3\t1\n");
      assertThat(clickHouse.query("SELECT id, a FROM resetkept.ignore FINAL ORDER BY id"))
          .isEqualTo("1\t1\n2\t20\n3\t3\n");
    }
  }

  @Test
  void aTableThatWasFilledByOtherRulesStopsUntilTheyFit(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("refit")) {
      pipeline.source().map("m", "{'tables':'refit\\\\.t','columns':{'b':{'exclude':true}}}");
      TableSchema schema = pipeline.table("refit", "t", COLUMNS, List.of("id"));
      pipeline.start();
      pipeline.source().publish(schema, created(row(1, 1, 1)));
      pipeline.awaitApplied(schema);

      pipeline.source().mapping("m", null);
      pipeline.awaitFailureOn(schema, created(row(2, 2, 2)), "was filled without column b");

      pipeline
          .source()
          .map("m", "{'tables':'refit\\\\.t','columns':{'b':{'exclude':true},'a':{'name':'c'}}}");
      pipeline.awaitFailure(
          schema, "column a must be called c by mapping m", "RENAME COLUMN `a` TO `c`");
      clickHouse.query("ALTER TABLE refit.t RENAME COLUMN a TO c");
      pipeline.awaitApplied(schema);

      String without =
          "{'tables':'refit\\\\.t','columns':{'b':{'exclude':true},'a':{'exclude':true}}%s}";
      pipeline.source().map("m", without.formatted(",'deletes':'IGNORE'"));
      pipeline.awaitFailureOn(
          schema, created(row(3, 3, 3)), "column c is excluded", "DROP COLUMN `c`");
      clickHouse.query("ALTER TABLE refit.t DROP COLUMN c");
      pipeline.source().publish(schema, deleted(row(3, 3, 3)));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT id FROM refit.t FINAL ORDER BY id"))
          .isEqualTo("1\n2\n3\n");

      pipeline.source().map("m", without.formatted(""));
      String reason =
          String.valueOf(
              pipeline
                  .awaitFailureOn(
                      schema,
                      created(row(4, 4, 4)),
                      "kept rows that were deleted",
                      "MODIFY COMMENT")
                  .reason());
      clickHouse.query(reason.substring(reason.indexOf("ALTER TABLE"), reason.indexOf(")'") + 2));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT count() FROM refit.t FINAL")).isEqualTo("4\n");
    }
  }
}
