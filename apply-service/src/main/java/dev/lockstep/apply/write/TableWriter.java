package dev.lockstep.apply.write;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.quarantine.DeadLetter;
import dev.lockstep.apply.quarantine.DeadLetters;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.common.schema.TableSchema;
import java.util.Collection;
import java.util.List;

/** What a topic's batch needs of the world: schemas, target tables, inserts, the dead letters. */
public final class TableWriter {
  private final ControlState control;
  private final TargetTables tables;
  private final ClickHouse clickHouse;
  private final DeadLetters deadLetters;
  private final ApplyMetrics metrics;

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
  }

  /** An empty buffer for the rows of one schema, whose table exists and fits. */
  TableRows open(String topic, long schemaId, long appliedBefore) {
    TableSchema schema = control.schema(topic, schemaId);
    return new TableRows(schema, tables.prepare(schema, appliedBefore));
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
      metrics
          .inserts(table.table().displayName())
          .record(() -> clickHouse.insert(table.table().insertTarget(), table.buffer()));
      metrics.rows(table.table().displayName(), table.rows());
      table.clear();
    } catch (TableFault e) {
      tables.forget(table.schema());
      throw e;
    }
  }
}
