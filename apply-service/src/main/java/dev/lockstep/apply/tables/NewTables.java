package dev.lockstep.apply.tables;

import com.clickhouse.client.api.query.GenericRecord;
import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.clickhouse.TableName;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.common.mapping.TargetName;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables that are filled beside the target tables and then take their places. */
public final class NewTables {
  private static final Logger log = LoggerFactory.getLogger(NewTables.class);
  private static final String BESIDE = "__rebuild_";
  private static final String REPLACED = "_replaced";

  private final ClickHouse clickHouse;
  private final Cluster cluster;

  /** Over this server. */
  public NewTables(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.cluster = new Cluster(clickHouse.cluster(), clickHouse.replicates());
  }

  /** The name beside a target table's for the rebuild of this id. */
  public static TargetName beside(TargetName target, String id) {
    return new TargetName(target.database(), target.table() + BESIDE + id);
  }

  /** Drops what an earlier try of a rebuild has left beside a target table. */
  public void dropLeft(TargetName target, String id) {
    String begin = beside(target, id).table();
    List<GenericRecord> left =
        clickHouse.query(
            "SELECT name FROM system.tables WHERE database = %s AND startsWith(name, %s) ORDER BY engine LIKE '%%View' DESC, name"
                .formatted(Identifiers.literal(target.database()), Identifiers.literal(begin)));
    for (GenericRecord table : left) {
      drop(new TableName(target.database(), table.getString("name")));
    }
  }

  private void drop(TableName table) {
    clickHouse.execute(
        "DROP TABLE IF EXISTS "
            + table.quoted()
            + cluster.on()
            + " SYNC SETTINGS max_table_size_to_drop = 0");
  }

  /**
   * Has a new table take a target table's place, in one step where that is there. Whoever reads it
   * sees the rows of one or the other.
   *
   * @param live the target
   * @param filled the new table
   * @throws dev.lockstep.apply.errors.ApplyFault when it does not have it
   */
  public void exchange(PreparedTable live, PreparedTable filled) {
    TableName target = live.insertTarget().name();
    TableName fresh = filled.insertTarget().name();
    String id = id(fresh).orElseThrow(() -> gone(fresh));
    var replaced = new TableName(fresh.database(), fresh.table() + REPLACED);
    if (id(target).isEmpty()) {
      rename(fresh, target);
    } else {
      clickHouse.execute(
          "EXCHANGE TABLES %s AND %s%s".formatted(target.quoted(), fresh.quoted(), cluster.on()));
      // From now on nobody else can exchange them again.
      rename(fresh, replaced);
    }
    if (!id(target).equals(Optional.of(id))) {
      throw new TableFault(
          "The rebuilt table is not in the place of %s: somebody else exchanged it at the same time. The one that was to replace it is %s or %s; ask for the rebuild again"
              .formatted(target, fresh, replaced));
    }
    log.atInfo().addKeyValue("table", target.toString()).log("A rebuilt table took its place");
  }

  private static TableFault gone(TableName table) {
    return new TableFault(
        "The table %s that was to be filled is gone. Ask for the rebuild again".formatted(table));
  }

  private void rename(TableName from, TableName to) {
    clickHouse.execute(
        "RENAME TABLE %s TO %s%s".formatted(from.quoted(), to.quoted(), cluster.on()));
  }

  private Optional<String> id(TableName table) {
    return clickHouse
        .query(
            "SELECT toString(uuid) AS id FROM system.tables WHERE database = %s AND name = %s"
                .formatted(
                    Identifiers.literal(table.database()), Identifiers.literal(table.table())))
        .stream()
        .map(row -> row.getString("id"))
        .findFirst();
  }
}
