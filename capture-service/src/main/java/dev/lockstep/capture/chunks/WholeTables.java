package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables as they were at one place of the stream, one at a time: those without a key, of
 * which nothing tells a row that the stream brings from an equal one that was read; and every table
 * where nothing tells up to where rows can be read.
 */
final class WholeTables implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WholeTables.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MOST_PAUSES = 12;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final List<Integer> DENIED = List.of(1044, 1142);
  private static final String TRANSACTIONAL =
      """
      SELECT e.transactions, e.engine FROM information_schema.tables t
        JOIN information_schema.engines e ON e.engine = t.engine
        WHERE t.table_schema = ? AND t.table_name = ?
      """;

  private final SourceSession session;
  private final Supplier<BinlogConnectorConnection> connections;
  private final RowReader reader;
  private final Clock clock;
  private final int most;
  private volatile @Nullable WholeTable open;
  private volatile boolean closed;
  private boolean near;
  private int refused;

  WholeTables(
      SourceSession session,
      Supplier<BinlogConnectorConnection> connections,
      BinlogConnectorConfig config,
      Clock clock) {
    this.session = session;
    this.connections = connections;
    this.reader = new RowReader(config, session.source());
    this.clock = clock;
    this.most = config.getIncrementalSnapshotChunkSize();
  }

  /** Whether a table is being read. */
  boolean isReading() {
    return open != null;
  }

  /**
   * What comes next of the job's table, or null when it is read to its end.
   *
   * @throws SQLException when the source refuses
   * @throws IllegalArgumentException when the table can't be read, with why and the way out
   */
  @Nullable Waiting read(Job job, Table table, SnapshotWork work) throws SQLException {
    WholeTable reading = open;
    try {
      if (reading != null) {
        return next(reading, job, table);
      }
      if (!near) {
        // With the stream far behind, the table's definition would be held for as long.
        near = true;
        return new Watermark(job.tableId(), session.executedTransactions(), false);
      }
      return begin(job, work);
    } catch (SQLException e) {
      release();
      if (e.getErrorCode() == LOCK_WAIT_TIMEOUT) {
        refused = Math.min(refused + 1, MOST_PAUSES);
        log.atInfo()
            .addKeyValue("table", job.tableId())
            .log("A transaction that writes to the table goes on; it is locked later");
        return Later.in(PAUSE.multipliedBy(refused), job.tableId());
      }
      if (SourceSession.isConnectionLost(e)) {
        log.atWarn()
            .setCause(e)
            .addKeyValue("table", job.tableId())
            .log("Read again from its begin");
        return Later.in(PAUSE, job.tableId());
      }
      throw e;
    }
  }

  private Waiting begin(Job job, SnapshotWork work) throws SQLException {
    TableId table = job.tableId();
    requireTransactions(table);
    // Not later: it would wait for a DDL that waits for the reading's end.
    long rows = session.estimate(ChunkQuery.whole(table, List.of(), job.table().filter()).all());
    BinlogConnectorConnection source = connections.get();
    try {
      WholeTable begun =
          WholeTable.open(
              table, job.table().filter(), session, source, clock.currentTimeAsInstant());
      open = begun;
      if (closed) {
        begun.abort();
      }
      refused = 0;
      work.estimated(job.id(), job.place().table(), rows);
      return new Watermark(table, begun.readAt(), true);
    } catch (SQLException e) {
      source.close();
      if (DENIED.contains(e.getErrorCode())) {
        throw new IllegalArgumentException(
            "It is read as a whole, as it has no key or the source no GTIDs, and locked for a moment: "
                + e.getMessage()
                + ". GRANT LOCK TABLES ON "
                + KeyColumn.quote(table.catalog())
                + ".* to the connector's user, then ask for a snapshot again",
            e);
      }
      throw e;
    }
  }

  /** Others show each row as it is when it is read. */
  private void requireTransactions(TableId table) throws SQLException {
    Optional<String> engine =
        session.inTransaction(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(TRANSACTIONAL)) {
                statement.setString(1, table.catalog());
                statement.setString(2, table.table());
                try (ResultSet row = statement.executeQuery()) {
                  return row.next() && !"YES".equals(row.getString(1))
                      ? Optional.of(row.getString(2))
                      : Optional.empty();
                }
              }
            });
    if (engine.isPresent()) {
      throw new IllegalArgumentException(
          "It has to be read as a whole, as it has no key or the source no GTIDs, and its storage"
              + " engine "
              + engine.get()
              + " has no transactions for that. ALTER TABLE … ENGINE = InnoDB, or give it a primary"
              + " key, then ask for a snapshot again");
    }
  }

  private @Nullable Waiting next(WholeTable reading, Job job, Table table) throws SQLException {
    boolean first = reading.isAtItsBegin();
    List<Object[]> rows = reading.next(reader, table, most);
    return rows.isEmpty()
        ? null
        : new WholeRows(
            job.tableId(),
            rows,
            reading.begun(),
            session.executedTransactions(),
            first || job.isBlocking() || session.dialect().readsWholeTables());
  }

  /** The table is read, or is not gone on with: the source can change its definition again. */
  void release() {
    near = false;
    WholeTable reading = open;
    open = null;
    if (reading != null) {
      try {
        reading.close();
      } catch (SQLException e) {
        log.atDebug().setCause(e).log("The connection of a table's reading was gone already");
      }
    }
  }

  /** The run is over, whatever its thread does. */
  @Override
  public void close() {
    closed = true;
    WholeTable reading = open;
    if (reading != null) {
      try {
        reading.abort();
      } catch (SQLException e) {
        log.atDebug().setCause(e).log("The connection of a table's reading was gone already");
      }
    }
  }
}
