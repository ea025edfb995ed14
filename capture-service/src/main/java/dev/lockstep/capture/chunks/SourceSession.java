package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection to the source that asks it in short read-only transactions, and never writes. */
final class SourceSession {
  private static final String CONNECTION_LOST = "08";

  /** For longer nobody is kept waiting. */
  static final int LOCK_SECONDS = 1;

  private final Dialect dialect;
  private final BinlogConnectorConnection source;
  private final @Nullable Predicate<String> sources;

  SourceSession(
      Dialect dialect, BinlogConnectorConnection source, @Nullable Predicate<String> sources) {
    this.dialect = dialect;
    this.source = source;
    this.sources = sources;
  }

  /** What is done in one transaction, or under one lock. */
  interface Reading<T> {
    T read(Connection connection) throws SQLException;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Reads the columns of rows as an initial snapshot does. */
  BinlogConnectorConnection source() {
    return source;
  }

  <T> T inTransaction(Reading<T> reading) throws SQLException {
    Connection connection = connection();
    execute(connection, "START TRANSACTION READ ONLY");
    try {
      return reading.read(connection);
    } finally {
      execute(connection, "COMMIT");
    }
  }

  /** Whether the connection is gone, and not a single statement was refused. */
  static boolean isConnectionLost(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith(CONNECTION_LOST);
  }

  /** The connection, which is made anew where it was lost. */
  Connection connection() throws SQLException {
    if (!source.isValid()) {
      source.close();
    }
    return source.connection();
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The transactions that the source has executed, and the stream is to bring. */
  String executedTransactions() throws SQLException {
    return retained(dialect.executed(this::row));
  }

  /** The same, asked in a transaction or under a lock that is there already. */
  String executedTransactions(Connection connection) throws SQLException {
    return retained(dialect.executed(query -> row(connection, query)));
  }

  private String retained(String executed) {
    return sources == null ? executed : dialect.retain(executed, sources);
  }

  /**
   * How many rows a query gives, as the server estimates it, which can be far from the truth.
   *
   * @param query has no effect and is not run
   */
  long estimate(String query) throws SQLException {
    return inTransaction(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet plan = statement.executeQuery(dialect.explain() + query)) {
            return plan.next()
                ? Math.round(plan.getDouble("rows") * plan.getDouble("filtered") / 100)
                : 0L;
          }
        });
  }

  /**
   * Does something while nobody writes to a table. Nobody waits for longer than that and {@link
   * #LOCK_SECONDS}, and so long only where a transaction that has written to the table goes on.
   *
   * @throws SQLException when the source refuses, or the lock can't be had now
   */
  <T> T whileLocked(String table, Reading<T> reading) throws SQLException {
    Connection connection = connection();
    execute(connection, "SET SESSION lock_wait_timeout = " + LOCK_SECONDS);
    try {
      execute(connection, "LOCK TABLES " + table + " READ");
      try {
        return reading.read(connection);
      } finally {
        execute(connection, "UNLOCK TABLES");
      }
    } finally {
      execute(connection, "SET SESSION lock_wait_timeout = DEFAULT");
    }
  }

  /**
   * The first row of a query, as texts without white space, empty ones for NULL; none where there
   * is no row.
   */
  List<String> row(String query) throws SQLException {
    return inTransaction(connection -> row(connection, query));
  }

  private static List<String> row(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      if (!rows.next()) {
        return texts;
      }
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        texts.add(Objects.requireNonNullElse(rows.getString(i), "").replaceAll("\\s", ""));
      }
      return texts;
    }
  }
}
