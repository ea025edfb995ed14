package dev.lockstep.apply.tables;

import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.types.TargetColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as ClickHouse describes it.
 *
 * @param engine its engine with all arguments
 * @param sortingKey the columns of its sorting key
 * @param columns its columns' types by name
 * @param partitionColumns the columns in its partition key
 */
record ExistingTable(
    String engine,
    List<String> sortingKey,
    Map<String, String> columns,
    Set<String> partitionColumns) {

  /** What keeps it from taking the definition's rows; columns that it lacks are not among it. */
  List<String> misfits(TableDefinition wanted) {
    List<String> misfits = new ArrayList<>();
    if (!isReplacing()) {
      misfits.add(
          "its engine is %s and must be ReplacingMergeTree(%s, %s)"
              .formatted(engine, TableDefinition.VERSION, TableDefinition.DELETED));
    }
    if (!sortingKey.equals(wanted.key())) {
      misfits.add(
          "its sorting key is (%s) and must be (%s)"
              .formatted(Identifiers.quoteAll(sortingKey), Identifiers.quoteAll(wanted.key())));
    }
    if (!wanted.key().containsAll(partitionColumns)) {
      Set<String> others = new HashSet<>(partitionColumns);
      wanted.key().forEach(others::remove);
      misfits.add("its partition key uses " + others + ", which are not key columns");
    }
    addType(misfits, TableDefinition.VERSION, "UInt64", true);
    addType(misfits, TableDefinition.DELETED, "UInt8", true);
    for (TargetColumn column : wanted.columns()) {
      addType(misfits, column.name(), column.type(), wanted.key().contains(column.name()));
    }
    return misfits;
  }

  private void addType(List<String> misfits, String column, String type, boolean needed) {
    String found = columns.get(column);
    if (found == null) {
      if (needed) {
        misfits.add("it lacks column %s %s".formatted(column, type));
      }
    } else if (!found.equals(type)) {
      misfits.add("its column %s is %s and must be %s".formatted(column, found, type));
    }
  }

  private boolean isReplacing() {
    int bracket = engine.indexOf('(');
    if (bracket < 0 || !engine.substring(0, bracket).endsWith("ReplacingMergeTree")) {
      return false;
    }
    int end = engine.indexOf(')', bracket);
    String arguments = engine.substring(bracket + 1, Math.max(end, bracket + 1));
    String wanted = TableDefinition.VERSION + ", " + TableDefinition.DELETED;
    return arguments.equals(wanted) || arguments.endsWith("', " + wanted);
  }
}
