package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceConnection;
import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.snapshot.SnapshotTable;
import io.debezium.config.Configuration;
import io.debezium.relational.Tables.TableFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tables a changed config captures that the one before did not. */
public final class AddedTables {
  private static final Set<String> FILTERS =
      Set.of(
          "database.include.list",
          "database.exclude.list",
          "table.include.list",
          "table.exclude.list");

  private AddedTables() {}

  /** The part of a config that says which tables are captured. */
  public static Map<String, String> filters(Map<String, String> config) {
    Map<String, String> filters = new HashMap<>(config);
    filters.keySet().retainAll(FILTERS);
    return filters;
  }

  /**
   * The source's tables, as they are now, that only the later config captures.
   *
   * @param before the filters of the earlier config
   * @param config the later one, whole
   * @throws SQLException when the source does not answer
   */
  public static List<SnapshotTable> between(Map<String, String> before, Map<String, String> config)
      throws SQLException {
    Map<String, String> earlier = new HashMap<>(config);
    earlier.keySet().removeAll(FILTERS);
    earlier.putAll(before);
    TableFilter captured = tables(earlier);
    try (Connection connection = SourceConnection.open(Configuration.from(config))) {
      return SourceTables.read(connection, tables(config)).captured().stream()
          .filter(table -> !captured.isIncluded(table))
          .map(table -> new SnapshotTable(table.catalog(), table.table(), null))
          .toList();
    }
  }

  private static TableFilter tables(Map<String, String> config) {
    return SourceKind.ofChecked(config)
        .connectorConfig(Configuration.from(config))
        .getTableFilters()
        .dataCollectionFilter();
  }
}
