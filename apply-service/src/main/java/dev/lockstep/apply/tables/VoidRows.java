package dev.lockstep.apply.tables;

import static dev.lockstep.apply.clickhouse.Identifiers.literal;

import com.clickhouse.client.api.query.GenericRecord;
import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.encode.Op;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the rows of target tables away that a reset has made void. */
final class VoidRows {
  private static final Logger log = LoggerFactory.getLogger(VoidRows.class);

  private final ClickHouse clickHouse;

  VoidRows(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /**
   * Does with rows of a lower version what the table's mapping does with deleted ones.
   * Contributions to a multiset were counted no longer in any case.
   *
   * @throws TableFault when rows are among them that Lockstep did not write
   * @throws TransientFault when they are being deleted still
   */
  void clear(TableDefinition table, long version) {
    if (table.cluster().replicated()) {
      // What another replica has taken and this one has not fetched yet is void as well.
      clickHouse.execute(
          "SYSTEM SYNC REPLICA%s %s LIGHTWEIGHT"
              .formatted(table.cluster().on(), table.quotedStorage()));
    }
    switch (table.form()) {
      case MIRROR -> clearMirror(table, version);
      case MULTISET -> delete(table, version);
      case HISTORY -> note(table, version);
      case APPEND -> {}
    }
  }

  private void clearMirror(TableDefinition table, long version) {
    switch (table.rules().deletePolicy()) {
      case DELETE -> delete(table, version);
      case SOFT -> mark(table, version);
      case IGNORE -> {}
    }
  }

  /** What is open by then ends, whenever it comes to the history. Noted again, it is the same. */
  private void note(TableDefinition table, long version) {
    if (table.rules().deletePolicy() == Deletes.IGNORE) {
      return;
    }
    clickHouse.execute(
        "INSERT INTO %1$s (_version, _op, _source_time) SELECT %2$d, '%3$s', fromUnixTimestamp64Micro(toInt64(%2$d), 'UTC')"
            .formatted(table.quotedStorage(), version, Op.RESET.sqlName()));
    log.atInfo()
        .addKeyValue("table", table.quotedStorage())
        .addKeyValue("resetBefore", version)
        .log("Noted a reset in a history");
  }

  private void delete(TableDefinition table, long version) {
    String condition = "_version < " + version;
    GenericRecord older = count(table, condition);
    if (older.getString("older").equals("0")) {
      return;
    }
    if (!older.getString("unversioned").equals("0")) {
      throw new TableFault(unversioned(table, older.getString("unversioned")));
    }
    checkNoneRuns(table, condition);
    clickHouse.execute(
        "ALTER TABLE %s DELETE WHERE %s SETTINGS mutations_sync = 1"
            .formatted(table.storageOnCluster(), condition));
    log.atInfo()
        .addKeyValue("table", table.quotedStorage())
        .addKeyValue("resetBefore", version)
        .addKeyValue("rows", older.getString("older"))
        .log("Deleted rows of a target table that a reset made void");
  }

  /** Marked once more, a row is the same. */
  private void mark(TableDefinition table, long version) {
    clickHouse.execute(
        """
        INSERT INTO %1$s
        SELECT * REPLACE (toUInt64(%2$d) AS _version, toUInt8(1) AS _deleted)
        FROM (SELECT * FROM %1$s FINAL WHERE _version < %2$d AND _deleted = 0)"""
            .formatted(table.quotedStorage(), version));
    log.atInfo()
        .addKeyValue("table", table.quotedStorage())
        .addKeyValue("resetBefore", version)
        .log("Marked rows of a target table as deleted that a reset made void");
  }

  private GenericRecord count(TableDefinition table, String condition) {
    return clickHouse
        .query(
            "SELECT toString(count()) AS older, toString(countIf(_version = 0)) AS unversioned FROM %s WHERE %s"
                .formatted(table.quotedStorage(), condition))
        .getFirst();
  }

  /** One that took longer than a request may take goes on, and must not be begun again. */
  private void checkNoneRuns(TableDefinition table, String condition) {
    List<GenericRecord> running =
        clickHouse.query(
            "SELECT latest_fail_reason FROM system.mutations WHERE database = %s AND table = %s AND NOT is_done AND position(command, %s) > 0"
                .formatted(
                    literal(table.database()), literal(table.storage()), literal(condition)));
    if (!running.isEmpty()) {
      throw new TransientFault(
          Reach.TABLE,
          "ClickHouse is deleting the rows of %s that a reset made void (%s), see system.mutations. %s"
              .formatted(
                  table.quotedStorage(),
                  condition,
                  running.getFirst().getString("latest_fail_reason")));
    }
  }

  private static String unversioned(TableDefinition table, String rows) {
    return "Target table %s has %s rows with _version 0, which Lockstep did not write. The table has been read anew from the source, so everything that is older would be deleted, and these rows too."
            .formatted(table.quotedStorage(), rows)
        + " Move them to another table if they are wanted; then DELETE FROM %s WHERE _version = 0"
            .formatted(table.quotedStorage());
  }
}
