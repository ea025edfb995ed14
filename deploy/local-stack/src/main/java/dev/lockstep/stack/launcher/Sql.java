package dev.lockstep.stack.launcher;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.StackException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a statement on the source or the target; rows come as TSV, as ClickHouse writes it, NULL as
 * {@code \N}.
 */
final class Sql {
  private Sql() {}

  static int run(Settings settings, List<String> arguments) {
    if (arguments.size() != 2) {
      throw new StackException("Usage: ./lockstep sql source|target \"<SQL>\"");
    }
    Servers servers = Servers.running(settings);
    switch (arguments.getFirst()) {
      case "source" -> source(servers.mysql(), arguments.getLast());
      case "target" -> target(servers.clickHouse(), arguments.getLast());
      default ->
          throw new StackException(
              "'%s' is neither source nor target".formatted(arguments.getFirst()));
    }
    return 0;
  }

  private static void target(ClickHouseServer clickHouse, String sql) {
    System.out.print(clickHouse.query(sql));
    System.out.flush();
  }

  private static void source(MySqlServer mysql, String sql) {
    String url = mysql.jdbcUrl() + "&tinyInt1isBit=false&yearIsDateType=false&connectTimeout=5000";
    try (Connection connection = DriverManager.getConnection(url, mysql.user(), mysql.password());
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        print(statement.getResultSet());
      }
    } catch (SQLException e) {
      throw new StackException("MySQL: " + e.getMessage(), e);
    }
  }

  private static void print(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    StringBuilder out = new StringBuilder();
    while (rows.next()) {
      for (int column = 1; column <= columns; column++) {
        out.append(column == 1 ? "" : "\t").append(escaped(rows.getString(column)));
      }
      out.append('\n');
      if (out.length() > 1 << 16) {
        System.out.print(out);
        out.setLength(0);
      }
    }
    System.out.print(out);
    System.out.flush();
  }

  static String escaped(@Nullable String value) {
    return value == null
        ? "\\N"
        : value
            .replace("\\", "\\\\")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\r", "\\r");
  }
}
