package dev.lockstep.benchmarks.latency;

import dev.lockstep.benchmarks.subjects.BenchServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits rows of ascending ids, one a transaction, at a steady rate, and keeps when each was sent.
 */
final class SteadyChanges {
  static final String DATABASE = "bench";
  static final String NAME = "ticks";
  static final String TABLE = DATABASE + "." + NAME;

  private final BenchServers servers;
  private final int first;
  private final int rate;

  /** By id from the first, in {@link System#nanoTime}; before the statement is sent. Else 0. */
  private final AtomicLongArray sentAt;

  /**
   * Prepares them.
   *
   * @param first the first id
   * @param count how many
   * @param rate how many a second
   */
  SteadyChanges(BenchServers servers, int first, int count, int rate) {
    this.servers = servers;
    this.first = first;
    this.rate = rate;
    this.sentAt = new AtomicLongArray(count);
  }

  static void createTable(BenchServers servers) throws SQLException {
    servers.source(
        "CREATE DATABASE " + DATABASE,
        "CREATE TABLE " + TABLE + " (id INT NOT NULL PRIMARY KEY, note VARCHAR(200) NOT NULL)");
  }

  int first() {
    return first;
  }

  /** How many a second. */
  int rate() {
    return rate;
  }

  int count() {
    return sentAt.length();
  }

  /** When this row was sent to the source. */
  long sentAt(int id) {
    return sentAt.get(id - first);
  }

  boolean isSent(int id) {
    return sentAt(id) != 0;
  }

  /** Whether the row is one of these. */
  boolean covers(int id) {
    return id >= first && id < first + count();
  }

  /** Commits them all; takes as long as their rate says. */
  void run() throws SQLException {
    try (Connection connection = servers.mysql().connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?)")) {
      insert.setString(2, "x".repeat(100));
      long interval = Duration.ofSeconds(1).dividedBy(rate).toNanos();
      long begin = System.nanoTime();
      for (int i = 0; i < count(); i++) {
        pauseUntil(begin + interval * i);
        insert.setInt(1, first + i);
        sentAt.set(i, System.nanoTime());
        insert.executeUpdate();
      }
    }
  }

  private static void pauseUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanoTime - System.nanoTime();
    }
  }
}
