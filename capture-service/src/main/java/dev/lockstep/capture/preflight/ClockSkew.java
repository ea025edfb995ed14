package dev.lockstep.capture.preflight;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/**
 * Compares the source's clock with this host's. Versions come from this host's and rise in any
 * case; but they are read as times beside the source's, and freshness is their difference.
 */
final class ClockSkew {
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private ClockSkew() {}

  static void check(Connection connection, Findings findings) throws SQLException {
    Instant before = Instant.now();
    Instant there = read(connection);
    Instant after = Instant.now();
    Duration ahead = Duration.between(after, there);
    Duration behind = Duration.between(there, before);
    Duration skew = ahead.compareTo(behind) > 0 ? ahead : behind;
    if (skew.compareTo(TOLERATED) > 0) {
      findings.warning(
          "database.hostname",
          "The source's clock is "
              + skew.toSeconds()
              + " s "
              + (ahead.isPositive() ? "ahead of" : "behind")
              + " the one of capture-service's host: freshness and lag are wrong by that much.",
          "Let both hosts follow one time server, such as with chrony.");
    }
  }

  private static Instant read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT UNIX_TIMESTAMP(NOW(6))")) {
      row.next();
      BigDecimal seconds = row.getBigDecimal(1);
      return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }
  }
}
