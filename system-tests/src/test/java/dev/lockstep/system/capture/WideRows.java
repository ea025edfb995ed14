package dev.lockstep.system.capture;

import dev.lockstep.stack.MySqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of 200 columns, the last of them a blob; each row's blob has one megabyte. */
final class WideRows {
  private static final int NARROW_COLUMNS = 198;
  private static final int BLOB_BYTES = 1_000_000;

  private final MySqlServer mysql;
  private final String database;
  private final Random random = new Random(20261123);

  WideRows(MySqlServer mysql, String database) {
    this.mysql = mysql;
    this.database = database;
  }

  /** Makes the tables; {@code done} holds a row, so that a snapshot makes its topic. */
  void create() throws SQLException {
    String columns =
        IntStream.range(0, NARROW_COLUMNS)
            .mapToObj(i -> "c%d %s NOT NULL".formatted(i, i % 2 == 0 ? "BIGINT" : "VARCHAR(40)"))
            .collect(Collectors.joining(", "));
    execute(
        "CREATE DATABASE " + database,
        "CREATE TABLE %s.wide (id INT PRIMARY KEY, %s, content MEDIUMBLOB NOT NULL)"
            .formatted(database, columns),
        "CREATE TABLE %s.done (id INT PRIMARY KEY)".formatted(database),
        "INSERT INTO %s.done VALUES (0)".formatted(database));
  }

  /** Adds rows, one a transaction, from an id on. */
  void insert(int first, int count) throws SQLException {
    String narrow = ", ?".repeat(NARROW_COLUMNS);
    byte[] content = new byte[BLOB_BYTES];
    try (Connection connection = mysql.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO %s.wide VALUES (?%s, ?)".formatted(database, narrow))) {
      for (int id = first; id < first + count; id++) {
        insert.setInt(1, id);
        for (int i = 0; i < NARROW_COLUMNS; i++) {
          insert.setString(i + 2, String.valueOf(random.nextLong()));
        }
        random.nextBytes(content);
        insert.setBytes(NARROW_COLUMNS + 2, content);
        insert.executeUpdate();
      }
    }
  }

  /** Changes one row in ten: such an event holds both images of the row. */
  void update() throws SQLException {
    execute(
        "UPDATE %s.wide SET c0 = c0 + 1, content = REVERSE(content) WHERE id %% 10 = 0"
            .formatted(database));
  }

  /** Says that nothing follows. */
  void done() throws SQLException {
    execute("INSERT INTO %s.done VALUES (1)".formatted(database));
  }

  /** The rows as they are now: by id, the changing number and the blob's digest. */
  TreeMap<Integer, String> rows() throws SQLException {
    var rows = new TreeMap<Integer, String>();
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT id, c0, SHA2(content, 256) FROM %s.wide".formatted(database))) {
      while (result.next()) {
        rows.put(result.getInt(1), result.getLong(2) + " " + result.getString(3));
      }
    }
    return rows;
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
