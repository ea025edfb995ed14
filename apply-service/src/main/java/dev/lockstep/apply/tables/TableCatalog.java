package dev.lockstep.apply.tables;

import static dev.lockstep.apply.clickhouse.Identifiers.literal;

import com.clickhouse.client.api.query.GenericRecord;
import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.Identifiers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks tables up in ClickHouse's own catalogue. */
final class TableCatalog {
  @SuppressWarnings("InlineFormatString") // the statement as a whole
  private static final String TABLE =
      "SELECT engine, engine_full, comment, sorting_key FROM system.tables"
          + " WHERE database = %s AND name = %s";

  @SuppressWarnings("InlineFormatString") // the statement as a whole
  private static final String COLUMNS =
      "SELECT name, type, comment, toString(is_in_partition_key) AS partitioning FROM system.columns"
          + " WHERE database = %s AND table = %s ORDER BY position";

  private final ClickHouse clickHouse;

  TableCatalog(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  Optional<ExistingTable> find(String database, String table) {
    List<GenericRecord> tables =
        clickHouse.query(TABLE.formatted(literal(database), literal(table)));
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, String> comments = new HashMap<>();
    Set<String> partitionColumns = new HashSet<>();
    String columns = COLUMNS.formatted(literal(database), literal(table));
    for (GenericRecord column : clickHouse.query(columns)) {
      types.put(column.getString("name"), column.getString("type"));
      comments.put(column.getString("name"), column.getString("comment"));
      if (column.getString("partitioning").equals("1")) {
        partitionColumns.add(column.getString("name"));
      }
    }
    return Optional.of(existing(tables.getFirst(), types, comments, partitionColumns));
  }

  private static ExistingTable existing(
      GenericRecord found,
      Map<String, String> types,
      Map<String, String> comments,
      Set<String> partitionColumns) {
    return new ExistingTable(
        found.getString("engine"),
        found.getString("engine_full"),
        found.getString("comment"),
        Identifiers.parseList(found.getString("sorting_key")),
        types,
        comments,
        partitionColumns);
  }
}
