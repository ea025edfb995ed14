package dev.lockstep.apply.write;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.quarantine.DeadLetter;
import dev.lockstep.apply.quarantine.DeadLetters;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.common.schema.TableSchema;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a topic's batch needs of the world: schemas, target tables, inserts, the dead letters. */
public final class TableWriter {
  private final ControlState control;
  private final TargetTables tables;
  private final ClickHouse clickHouse;
  private final DeadLetters deadLetters;
  private final ApplyMetrics metrics;
  private final SnapshotMarks marks;
  private final Set<String> opened = ConcurrentHashMap.newKeySet();

  /** Over these. */
  public TableWriter(
      ControlState control,
      TargetTables tables,
      ClickHouse clickHouse,
      DeadLetters deadLetters,
      ApplyMetrics metrics) {
    this.control = control;
    this.tables = tables;
    this.clickHouse = clickHouse;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.marks = new SnapshotMarks(clickHouse);
  }

  /** The mappings; for a topic's first batch those that were published when it was polled. */
  Mappings mappings(String topic, long polledNanos) {
    return opened.contains(topic) ? control.mappings() : control.mappingsSince(polledNanos);
  }

  /** Below which version the rows of one schema are void; 0 where none are. */
  long resetBefore(String topic, long schemaId) {
    return control.resets().before(control.schema(topic, schemaId));
  }

  /** Empty buffers for the rows of one schema, one for each table that they go to. */
  List<TableRows> open(String topic, long schemaId, Mappings mappings, long appliedBefore) {
    TableSchema schema = control.connectors().withTrueKey(control.schema(topic, schemaId));
    List<TableRows> rows =
        mappings.of(schema.database(), schema.table()).stream()
            .map(mapping -> new TableRows(schema, tables.prepare(schema, mapping, appliedBefore)))
            .toList();
    opened.add(topic);
    return rows;
  }

  /** When it returns, all rows are in their tables and all dead letters in theirs. */
  void write(Collection<TableRows> rows, List<DeadLetter> letters) {
    for (TableRows table : rows) {
      if (table.rows() > 0) {
        insert(table);
      }
    }
    if (!letters.isEmpty()) {
      deadLetters.write(letters);
      metrics.quarantined(letters.getFirst().origin().topic(), letters.size());
    }
  }

  private void insert(TableRows table) {
    try {
      marks.mark(table.table(), table.snapshots());
      metrics
          .inserts(table.table().displayName())
          .record(() -> clickHouse.insert(table.table().insertTarget(), table.buffer()));
      metrics.rows(table.table().displayName(), table.rows());
      table.clear();
    } catch (TableFault e) {
      tables.forget(table.schema());
      marks.forget(table.table());
      throw e;
    }
  }
}
