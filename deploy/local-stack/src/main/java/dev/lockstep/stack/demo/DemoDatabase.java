package dev.lockstep.stack.demo;

import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.StackException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The demo's database. Making it again completes what is missing and touches nothing else. */
public final class DemoDatabase {
  public static final String NAME = "inventory";

  /** Debezium's tutorial calls them so. */
  static final String CAPTURE_USER = "debezium";

  static final String CAPTURE_PASSWORD = "dbz";

  private final MySqlServer mysql;
  private final Consumer<String> progress;

  public DemoDatabase(MySqlServer mysql, Consumer<String> progress) {
    this.mysql = mysql;
    this.progress = progress;
  }

  /**
   * Makes the database, its tables, rows and users.
   *
   * @throws StackException when a table has the name of one of the demo's and is not the demo's
   */
  public void prepare() throws SQLException {
    String url = mysql.jdbcUrl() + "&rewriteBatchedStatements=true&connectTimeout=5000";
    try (Connection connection = DriverManager.getConnection(url, mysql.user(), mysql.password());
        Statement statement = connection.createStatement()) {
      requireOurs(statement);
      statement.execute("CREATE DATABASE IF NOT EXISTS " + NAME);
      for (DemoTable table : DemoTable.values()) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS %s (%s) AUTO_INCREMENT=%d COMMENT='%s'"
                .formatted(table.sqlName(), table.columns, table.firstId, DemoTable.MARK));
        fillIfEmpty(connection, table);
      }
      captureUser(statement);
    }
  }

  private static void requireOurs(Statement statement) throws SQLException {
    for (DemoTable table : DemoTable.values()) {
      String foreign =
          "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '%s' AND table_name = '%s' AND table_comment <> '%s'"
              .formatted(NAME, table.tableName(), DemoTable.MARK);
      if (number(statement, foreign) > 0) {
        throw new StackException(
            "The source has a table '%s' already that is not the demo's. './lockstep up --no-demo' leaves it alone."
                .formatted(table.sqlName()));
      }
    }
  }

  private void fillIfEmpty(Connection connection, DemoTable table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (number(statement, "SELECT COUNT(*) FROM " + table.sqlName()) > 0) {
        return;
      }
    }
    connection.setAutoCommit(false);
    insert(connection, table);
    connection.commit();
    connection.setAutoCommit(true);
    progress.accept("The demo has filled %s with %d rows.".formatted(table.sqlName(), table.rows));
  }

  private static void insert(Connection connection, DemoTable table) throws SQLException {
    DemoRows rows = new DemoRows();
    String marks =
        rows.columns(table).stream().map(column -> "?").collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(table.sqlName(), String.join(", ", rows.columns(table)), marks);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int row = 0; row < table.rows; row++) {
        List<Object> values = rows.row(table, row);
        for (int column = 0; column < values.size(); column++) {
          Object value = values.get(column);
          statement.setObject(column + 1, value.equals(DemoRows.NULL) ? null : value);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** The grants of Debezium's tutorial. */
  private static void captureUser(Statement statement) throws SQLException {
    statement.execute(
        "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s'"
            .formatted(CAPTURE_USER, CAPTURE_PASSWORD));
    statement.execute(
        "GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '%s'@'%%'"
            .formatted(CAPTURE_USER));
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
