package dev.lockstep.apply.tables;

import com.clickhouse.client.api.query.GenericRecord;
import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.Identifiers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks tables up in ClickHouse's own catalogue. */
final class TableCatalog {
  private static final String TABLE =
      """
      SELECT engine_full, sorting_key FROM system.tables
      WHERE database = {database:String} AND name = {table:String}""";
  private static final String COLUMNS =
      """
      SELECT name, type, toString(is_in_partition_key) AS partitioning FROM system.columns
      WHERE database = {database:String} AND table = {table:String}""";

  private final ClickHouse clickHouse;

  TableCatalog(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  Optional<ExistingTable> find(String database, String table) {
    Map<String, Object> parameters = Map.of("database", database, "table", table);
    List<GenericRecord> tables = clickHouse.query(TABLE, parameters);
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> types = new HashMap<>();
    Set<String> partitionColumns = new HashSet<>();
    for (GenericRecord column : clickHouse.query(COLUMNS, parameters)) {
      types.put(column.getString("name"), column.getString("type"));
      if (column.getString("partitioning").equals("1")) {
        partitionColumns.add(column.getString("name"));
      }
    }
    GenericRecord found = tables.getFirst();
    return Optional.of(
        new ExistingTable(
            found.getString("engine_full"),
            Identifiers.parseList(found.getString("sorting_key")),
            types,
            partitionColumns));
  }
}
