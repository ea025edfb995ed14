package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TableMapping.Mode;
import dev.lockstep.common.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Sees to it that a schema's rows find a table that takes them. */
public final class TargetTables {
  private static final Logger log = LoggerFactory.getLogger(TargetTables.class);

  private static final String REBUILD =
      "have it made and filled anew from Kafka: POST /api/v1/replays of admin-service with \"into\":"
          + " \"NEW_TABLE\"";

  private final ClickHouse clickHouse;
  private final Salts salts;
  private final Cluster cluster;
  private final TableCatalog catalog;
  private final StorageViews views;
  private final VoidRows voidRows;
  private final Map<Key, Prepared> prepared = new ConcurrentHashMap<>();

  /** One mapping of each mode applies to a table. */
  private record Key(String schema, Mode mode) {}

  private static Key key(TableSchema schema, TableMapping mapping) {
    return new Key(schema.recordKey(), mapping.keeps());
  }

  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** On which host: on another, a change may not have arrived yet. */
  private record Prepared(TableMapping mapping, String host, PreparedTable table) {}

  /** Over this server, with the salts that mappings name. */
  public TargetTables(ClickHouse clickHouse, Salts salts) {
    this.clickHouse = clickHouse;
    this.salts = salts;
    this.cluster = new Cluster(clickHouse.cluster(), clickHouse.replicates());
    this.catalog = new TableCatalog(clickHouse);
    this.views = new StorageViews(clickHouse, catalog);
    this.voidRows = new VoidRows(clickHouse);
  }

  /**
   * What a schema's rows look like, without a look at the target.
   *
   * @throws TableFault when they can't be mirrored
   */
  public PreparedTable plan(TableSchema schema, TableMapping mapping) {
    return TableDefinition.of(schema, mapping, salts, cluster).prepared();
  }

  /**
   * The table for a schema's rows: adopted when it exists and fits, with columns that it lacks
   * added, else made.
   *
   * @param mapping the one that applies to the table; another than before has it prepared anew
   * @param appliedBefore how many rows of the topic have been applied to it before. A table that
   *     had rows and is gone is not made anew, as those rows would be missing without a word
   * @throws ApplyFault when there is none
   */
  public PreparedTable prepare(TableSchema schema, TableMapping mapping, long appliedBefore) {
    PreparedTable known = known(schema, mapping);
    return known != null ? known : prepareOnce(schema, mapping, appliedBefore);
  }

  private @Nullable PreparedTable known(TableSchema schema, TableMapping mapping) {
    Prepared known = prepared.get(key(schema, mapping));
    return known != null
            && known.mapping().equals(mapping)
            && known.host().equals(clickHouse.host())
        ? known.table()
        : null;
  }

  /**
   * Deletes the rows with a lower version where the table is there, or does with them what else its
   * mapping does with deleted rows; what keeps rows from being applied to it keeps them from being
   * deleted too.
   *
   * @param appliedBefore how many rows of the topic have been applied to the table before
   * @throws ApplyFault when they are not deleted
   */
  public void deleteBefore(
      TableSchema schema, TableMapping mapping, long appliedBefore, long version) {
    TableDefinition wanted = TableDefinition.of(schema, mapping, salts, cluster);
    Optional<ExistingTable> existing = catalog.find(wanted.database(), wanted.storage());
    if (existing.isPresent()) {
      checkFits(wanted, existing.get(), appliedBefore);
      voidRows.clear(wanted, version);
    }
  }

  /** The same again from ClickHouse at the next call, as something there has changed. */
  public void forget(TableSchema schema) {
    for (Mode mode : Mode.values()) {
      prepared.remove(new Key(schema.recordKey(), mode));
    }
  }

  /** One thread at a time for a table, so that a slow one keeps no other waiting. */
  private PreparedTable prepareOnce(TableSchema schema, TableMapping mapping, long appliedBefore) {
    TableDefinition wanted = TableDefinition.of(schema, mapping, salts, cluster);
    ReentrantLock lock = locks.computeIfAbsent(wanted.quotedStorage(), t -> new ReentrantLock());
    lock.lock();
    try {
      PreparedTable known = known(schema, mapping);
      while (known == null) {
        String host = clickHouse.host();
        PreparedTable table = prepareNow(wanted, appliedBefore);
        prepared.put(key(schema, mapping), new Prepared(mapping, host, table));
        known = known(schema, mapping);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private PreparedTable prepareNow(TableDefinition wanted, long appliedBefore) {
    if (wanted.hasView()) {
      views.checkName(wanted);
    }
    Optional<ExistingTable> existing = catalog.find(wanted.database(), wanted.storage());
    if (existing.isEmpty()) {
      create(wanted, appliedBefore);
      existing = catalog.find(wanted.database(), wanted.storage());
    }
    fit(wanted, existing.orElseThrow(() -> goneAgain(wanted)), appliedBefore);
    if (wanted.hasView()) {
      views.keep(wanted);
    }
    return wanted.prepared();
  }

  /** What is kept of changes can begin at any time; a mirror without its rows is none. */
  private void create(TableDefinition wanted, long appliedBefore) {
    if (appliedBefore > 0 && !wanted.form().keepsChanges()) {
      throw new TableFault(
          "Target table %s is gone, and %d rows had been applied to it. Bring it back, or %s"
              .formatted(wanted.quotedStorage(), appliedBefore, REBUILD));
    }
    clickHouse.execute(
        "CREATE DATABASE IF NOT EXISTS " + Identifiers.quote(wanted.database()) + cluster.on());
    clickHouse.execute(wanted.createTable());
    log.atInfo()
        .addKeyValue("table", wanted.quotedStorage())
        .log(
            appliedBefore > 0
                ? "Created a target table, which begins with the changes that come from now on"
                : "Created a target table");
  }

  private static void checkFits(
      TableDefinition wanted, ExistingTable existing, long appliedBefore) {
    if (StorageView.isOfMultiset(existing)) {
      throw new TableFault(StorageViews.keyAtLast(wanted));
    }
    if (wanted.form() == RowForm.MIRROR
        && appliedBefore > 0
        && existing.isReplacing(wanted)
        && !existing.isSortedBy(wanted)) {
      throw new TableFault(otherKey(wanted, existing));
    }
    List<String> misfits = new ArrayList<>(existing.misfits(wanted));
    misfits.addAll(new Provenance(existing, wanted, appliedBefore).misfits());
    if (!misfits.isEmpty()) {
      throw new TableFault(misfit(wanted, misfits));
    }
  }

  private void fit(TableDefinition wanted, ExistingTable existing, long appliedBefore) {
    checkFits(wanted, existing, appliedBefore);
    for (int i = 0; i < wanted.columns().size(); i++) {
      String name = wanted.columns().get(i).name();
      if (!existing.columns().containsKey(name)) {
        add(wanted, name, wanted.addColumn(i));
      }
    }
    for (OwnColumn own : wanted.ownColumns()) {
      if (!existing.columns().containsKey(own.sqlName())) {
        add(wanted, own.sqlName(), wanted.addColumn(own));
      }
    }
    for (String statement : new Provenance(existing, wanted, appliedBefore).changes()) {
      clickHouse.execute(statement);
      log.atInfo().addKeyValue("statement", statement).log("Changed a target table");
    }
  }

  private static String otherKey(TableDefinition wanted, ExistingTable existing) {
    return "Target table %s holds rows by the key (%s), and the source table's key is now (%s): in one table, rows that differ could be merged, and rows that are gone could stay. Drop the target and %s"
        .formatted(
            wanted.quotedStorage(),
            Identifiers.quoteAll(existing.sortingKey()),
            Identifiers.quoteAll(wanted.sortingKey()),
            StorageViews.ANEW);
  }

  private static String misfit(TableDefinition wanted, List<String> misfits) {
    return "Target table %s does not fit: %s. Change it"
            .formatted(wanted.quotedStorage(), Reasons.join(misfits))
        + " or the mapping, or "
        + REBUILD
        + Reasons.statement("; this would be made:\n", wanted.createTable());
  }

  private void add(TableDefinition wanted, String column, String statement) {
    clickHouse.execute(statement);
    log.atLevel(wanted.isMultiset() ? Level.WARN : Level.INFO)
        .addKeyValue("table", wanted.quotedStorage())
        .addKeyValue("column", column)
        .log(
            wanted.isMultiset()
                ? "Added a column to a table without a key; unless it is NULL or zero in the rows that were"
                    + " there before, read the table anew"
                : "Added a column to a target table");
  }

  private static TableFault goneAgain(TableDefinition wanted) {
    return new TableFault(
        "Target table "
            + wanted.quotedStorage()
            + " was made and is not there: see ClickHouse's log");
  }
}
