package dev.lockstep.benchmarks.backlog;

import dev.lockstep.benchmarks.subjects.BenchServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * A binlog that begins with its tables and holds the rows of {@code bench.orders}, then one of
 * {@code bench.done}, by which a reader of the topics knows that it has seen all. An event of
 * {@code bench.orders} has about 790 bytes of Debezium JSON.
 */
public final class Backlog {
  /** The only database. */
  public static final String DATABASE = "bench";

  /** The table that counts. */
  public static final String ORDERS = DATABASE + ".orders";

  static final String DONE = DATABASE + ".done";

  private static final int ROWS_PER_TRANSACTION = 100;

  private final Random random = new Random(20261122);
  private final int rows;

  /** Of so many rows of {@link #ORDERS}; the same ones each time. */
  public Backlog(int rows) {
    this.rows = rows;
  }

  /** How many rows {@link #ORDERS} has. */
  public int rows() {
    return rows;
  }

  /** Forgets the binlog that there is, and writes this one. */
  public void write(BenchServers servers) throws SQLException {
    servers.source(
        "RESET BINARY LOGS AND GTIDS",
        "CREATE DATABASE " + DATABASE,
        "CREATE TABLE "
            + ORDERS
            + " (id BIGINT NOT NULL PRIMARY KEY, customer_id INT NOT NULL, status VARCHAR(20) NOT NULL,"
            + " quantity INT NOT NULL, amount DECIMAL(12,2) NOT NULL, placed_at DATETIME(3) NOT NULL,"
            + " changed_at TIMESTAMP(3) NOT NULL, note VARCHAR(400)) CHARACTER SET utf8mb4",
        "CREATE TABLE " + DONE + " (id INT NOT NULL PRIMARY KEY)");
    try (Connection connection = servers.mysql().connect();
        Statement statement = connection.createStatement()) {
      for (int first = 1; first <= rows; first += ROWS_PER_TRANSACTION) {
        statement.execute(insert(first, Math.min(rows, first + ROWS_PER_TRANSACTION - 1)));
      }
      statement.execute("INSERT INTO " + DONE + " VALUES (1)");
    }
  }

  private String insert(int first, int last) {
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(ORDERS).append(" VALUES ");
    for (int id = first; id <= last; id++) {
      sql.append(id == first ? "" : ",").append(row(id));
    }
    return sql.toString();
  }

  private String row(int id) {
    return "(%d,%d,'%s',%d,%d.%02d,'2026-01-%02d 12:%02d:%02d.%03d','2026-02-%02d 08:%02d:%02d.%03d','%s')"
        .formatted(
            id,
            random.nextInt(1_000_000),
            random.nextBoolean() ? "delivered" : "in preparation",
            1 + random.nextInt(20),
            random.nextInt(100_000),
            random.nextInt(100),
            1 + random.nextInt(28),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1000),
            1 + random.nextInt(28),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1000),
            note());
  }

  private String note() {
    StringBuilder note = new StringBuilder();
    while (note.length() < 132) {
      note.append(Long.toString(random.nextLong() >>> 20, 36)).append(' ');
    }
    return note.toString();
  }
}
