package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares how long the server keeps its binlog with the time that a snapshot may take: the stream
 * goes on from the place where the snapshot began.
 */
final class Retention {
  /**
   * A cautious guess of what a snapshot reads; wide rows and a near source make several times it.
   */
  private static final long BYTES_PER_SECOND = 10L * 1024 * 1024;

  private static final String SIZES =
      """
      SELECT table_schema, table_name, data_length FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND data_length > 0
        AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
      """;

  private Retention() {}

  static void check(
      Connection connection, List<TableId> captured, ServerVariables server, Findings findings)
      throws SQLException {
    Optional<Duration> kept = server.binlogRetention();
    if (kept.isEmpty() || captured.isEmpty()) {
      return;
    }
    long bytes = size(server.kind(), connection, new HashSet<>(captured));
    Duration snapshot = Duration.ofSeconds(bytes / BYTES_PER_SECOND);
    if (snapshot.compareTo(kept.get()) > 0) {
      findings.warning(
          "server variable binlog_expire_logs_seconds",
          "The captured tables hold %,d MiB; at 10 MiB/s a snapshot takes %s, and the server keeps its binlog for %s only."
              .formatted(bytes >> 20, text(snapshot), text(kept.get())),
          "Run SET GLOBAL binlog_expire_logs_seconds = "
              + snapshot.multipliedBy(2).toSeconds()
              + "; or capture the largest tables by a connector of their own.");
    }
  }

  private static long size(SourceKind kind, Connection connection, Set<TableId> captured)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (kind == SourceKind.MYSQL) {
        statement.execute("SET SESSION information_schema_stats_expiry = 0");
      }
      try (ResultSet rows = statement.executeQuery(SIZES)) {
        long bytes = 0;
        while (rows.next()) {
          if (captured.contains(new TableId(rows.getString(1), null, rows.getString(2)))) {
            bytes += rows.getLong(3);
          }
        }
        return bytes;
      }
    }
  }

  private static String text(Duration duration) {
    return duration.toHours() > 0 ? duration.toHours() + " h" : duration.toSeconds() + " s";
  }
}
