package dev.lockstep.capture.preflight;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.debezium.relational.TableId;
import io.debezium.relational.Tables.TableFilter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The source's tables that a connector would capture, of those that its user can see.
 *
 * @param captured in the order of their names
 * @param keyed those with a primary key, or with a unique key of columns that are never NULL
 */
record SourceTables(List<TableId> captured, Set<TableId> keyed) {
  private static final Pattern NOT_IN_A_TOPIC = Pattern.compile("[^a-zA-Z0-9._-]");
  private static final String TABLES =
      """
      SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'
        AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
        ORDER BY table_schema, table_name
      """;
  private static final String KEYED =
      """
      SELECT table_schema, table_name FROM information_schema.statistics WHERE non_unique = 0
        AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
        GROUP BY table_schema, table_name, index_name
        HAVING SUM(nullable = 'YES' OR column_name IS NULL) = 0
      """;

  static SourceTables read(Connection connection, TableFilter filter) throws SQLException {
    List<TableId> captured = ids(connection, TABLES).stream().filter(filter::isIncluded).toList();
    return new SourceTables(captured, new HashSet<>(ids(connection, KEYED)));
  }

  private static List<TableId> ids(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<TableId> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(new TableId(rows.getString(1), null, rows.getString(2)));
      }
      return ids;
    }
  }

  List<TableId> withoutKey() {
    return captured.stream().filter(table -> !keyed.contains(table)).toList();
  }

  /**
   * Tables whose topics have different names that Kafka does not let stand side by side: it makes
   * metrics of both, where {@code .} and {@code _} are the same. Tables whose topics have the very
   * same name share it, which is sound.
   */
  List<List<TableId>> withAlikeTopics() {
    return captured.stream()
        .collect(groupingBy(table -> topic(table).replace('.', '_'), TreeMap::new, toList()))
        .values()
        .stream()
        .filter(alike -> alike.stream().map(SourceTables::topic).distinct().count() > 1)
        .toList();
  }

  /** As Debezium's default naming has it, without the prefix. */
  static String topic(TableId table) {
    return NOT_IN_A_TOPIC.matcher(table.catalog() + "." + table.table()).replaceAll("_");
  }
}
