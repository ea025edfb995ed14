package dev.lockstep.apply.parts;

import static dev.lockstep.apply.clickhouse.Identifiers.literal;

import com.clickhouse.client.api.query.GenericRecord;
import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks ClickHouse about the parts of tables, of many with one query. */
final class PartsCatalog {
  /** With names as long as MySQL allows, these are less than ClickHouse takes as a query. */
  private static final int TABLES_OF_A_QUERY = 500;

  @SuppressWarnings("InlineFormatString") // the statement as a whole
  private static final String PARTS =
      """
      SELECT database, table AS name, toString(max(parts)) AS figure
      FROM (
        SELECT database, table, count() AS parts FROM system.parts
        WHERE active AND (database, table) IN (%s) GROUP BY database, table, partition_id)
      GROUP BY database, table""";

  /**
   * A setting of the table goes before the server's. ClickHouse delays inserts from the one number
   * of parts on and refuses them from the other.
   */
  @SuppressWarnings("InlineFormatString") // the statement as a whole
  private static final String LIMITS =
      """
      WITH
        (SELECT value FROM system.merge_tree_settings WHERE name = 'parts_to_delay_insert') AS delay,
        (SELECT value FROM system.merge_tree_settings WHERE name = 'parts_to_throw_insert') AS throw,
        extract(engine_full, '\\\\bparts_to_delay_insert = (\\\\d+)') AS own_delay,
        extract(engine_full, '\\\\bparts_to_throw_insert = (\\\\d+)') AS own_throw,
        toUInt64OrZero(if(own_delay = '', delay, own_delay)) AS delays,
        toUInt64OrZero(if(own_throw = '', throw, own_throw)) AS throws
      SELECT database, name,
        toString(if(delays = 0, intDiv(throws, 2), least(delays, intDiv(throws, 2)))) AS figure
      FROM system.tables WHERE (database, name) IN (%s)""";

  private final ClickHouse clickHouse;

  PartsCatalog(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** The most active parts that a partition of each table has; tables without any are left out. */
  Map<TableName, Long> parts(Collection<TableName> tables) {
    return ask(PARTS, tables);
  }

  /**
   * How many parts a partition of each table may have before ClickHouse delays inserts, or half of
   * those at which it refuses them, if they are fewer.
   */
  Map<TableName, Long> limits(Collection<TableName> tables) {
    return ask(LIMITS, tables);
  }

  private Map<TableName, Long> ask(String query, Collection<TableName> tables) {
    Map<TableName, Long> figures = new HashMap<>();
    List<TableName> all = new ArrayList<>(tables);
    for (int from = 0; from < all.size(); from += TABLES_OF_A_QUERY) {
      int to = Math.min(all.size(), from + TABLES_OF_A_QUERY);
      String names =
          all.subList(from, to).stream().map(PartsCatalog::pair).collect(Collectors.joining(", "));
      for (GenericRecord row : clickHouse.query(query.formatted(names))) {
        var table = new TableName(row.getString("database"), row.getString("name"));
        figures.put(table, Long.valueOf(row.getString("figure")));
      }
    }
    return figures;
  }

  private static String pair(TableName table) {
    return "(" + literal(table.database()) + ", " + literal(table.table()) + ")";
  }
}
