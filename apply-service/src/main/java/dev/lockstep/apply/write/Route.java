package dev.lockstep.apply.write;

import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.tables.PreparedTable;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.schema.TableSchema;

/**
 * The way of one schema's records into one target table.
 *
 * @param schema what the records were written with
 * @param mapping what makes rows of them
 * @param table the target as they ask for it; whether it is there is seen when rows are written
 * @param encoder writes the rows, for one thread at a time
 */
record Route(TableSchema schema, TableMapping mapping, PreparedTable table, EventEncoder encoder) {
  static Route of(TargetTables tables, TableSchema schema, TableMapping mapping) {
    PreparedTable table = tables.plan(schema, mapping);
    return new Route(schema, mapping, table, table.newEncoder());
  }

  /** Whether records that a reset has made void are wanted too. */
  boolean keepsVoid() {
    return table.plan().form().keepsChanges();
  }

  /** Whether of several rows with one key only the newest is wanted. */
  boolean keepsLatestOnly() {
    return table.plan().latestIsAll();
  }
}
