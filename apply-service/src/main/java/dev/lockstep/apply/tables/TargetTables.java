package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.common.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a schema's rows find a table that takes them. */
public final class TargetTables {
  private static final Logger log = LoggerFactory.getLogger(TargetTables.class);

  private final ClickHouse clickHouse;
  private final TableCatalog catalog;
  private final Map<String, PreparedTable> prepared = new ConcurrentHashMap<>();

  /** Over this server. */
  public TargetTables(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.catalog = new TableCatalog(clickHouse);
  }

  /**
   * The table for a schema's rows: adopted when it exists and fits, with columns that it lacks
   * added, else made.
   *
   * @param appliedBefore how many rows of the topic have been applied to it before. A table that
   *     had rows and is gone is not made anew, as those rows would be missing without a word
   * @throws ApplyFault when there is none
   */
  public PreparedTable prepare(TableSchema schema, long appliedBefore) {
    PreparedTable known = prepared.get(schema.recordKey());
    return known == null ? prepareNow(schema, appliedBefore) : known;
  }

  /** The same again from ClickHouse at the next call, as something there has changed. */
  public void forget(TableSchema schema) {
    prepared.remove(schema.recordKey());
  }

  private synchronized PreparedTable prepareNow(TableSchema schema, long appliedBefore) {
    TableDefinition wanted = TableDefinition.of(schema);
    Optional<ExistingTable> existing = catalog.find(wanted.database(), wanted.table());
    if (existing.isEmpty()) {
      create(wanted, appliedBefore);
      existing = catalog.find(wanted.database(), wanted.table());
    }
    fit(wanted, existing.orElseThrow(() -> goneAgain(wanted)));
    PreparedTable table = wanted.prepared();
    prepared.put(schema.recordKey(), table);
    return table;
  }

  private void create(TableDefinition wanted, long appliedBefore) {
    if (appliedBefore > 0) {
      throw new TableFault(
          "Target table %s is gone, and %d rows had been applied to it. Bring it back, or reset the"
                  .formatted(wanted.quotedName(), appliedBefore)
              + " consumer group's offsets of this topic to the earliest to fill it again");
    }
    clickHouse.execute("CREATE DATABASE IF NOT EXISTS " + Identifiers.quote(wanted.database()));
    clickHouse.execute(wanted.createTable());
    log.atInfo().addKeyValue("table", wanted.quotedName()).log("Created a target table");
  }

  private void fit(TableDefinition wanted, ExistingTable existing) {
    List<String> misfits = existing.misfits(wanted);
    if (!misfits.isEmpty()) {
      throw new TableFault(
          "Target table %s does not fit: %s. Change it, or drop it when nothing was applied to it"
                  .formatted(wanted.quotedName(), String.join("; ", misfits))
              + " yet; this would be made:\n"
              + wanted.createTable());
    }
    for (int i = 0; i < wanted.columns().size(); i++) {
      if (!existing.columns().containsKey(wanted.columns().get(i).name())) {
        clickHouse.execute(wanted.addColumn(i));
        log.atInfo()
            .addKeyValue("table", wanted.quotedName())
            .addKeyValue("column", wanted.columns().get(i).name())
            .log("Added a column to a target table");
      }
    }
  }

  private static TableFault goneAgain(TableDefinition wanted) {
    return new TableFault(
        "Target table " + wanted.quotedName() + " was made and is not there: see ClickHouse's log");
  }
}
