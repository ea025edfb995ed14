package dev.lockstep.capture.chunks;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table as it is at one place of the binlog, in a transaction that stays open until it is read.
 * Until then MySQL keeps DDL off the table ("Metadata Locking" in its manual).
 */
final class WholeTable implements AutoCloseable {
  private final TableId table;
  private final @Nullable String filter;
  private final BinlogConnectorConnection source;
  private final Connection connection;
  private final String readAt;
  private final Instant begun;
  private @Nullable ResultSet rows;

  private WholeTable(
      TableId table,
      @Nullable String filter,
      BinlogConnectorConnection source,
      String readAt,
      Instant begun)
      throws SQLException {
    this.table = table;
    this.filter = filter;
    this.source = source;
    this.connection = source.connection();
    this.readAt = readAt;
    this.begun = begun;
  }

  /**
   * Begins to read. While the transaction is begun, the table is locked against writes for the time
   * of some statements: so it is known exactly which transactions it has the rows of. MySQL has no
   * other way to tell.
   *
   * @param source a connection for this alone, closed with it
   * @throws SQLException when the source refuses; the connection is left to the caller then
   */
  static WholeTable open(
      TableId table,
      @Nullable String filter,
      SourceSession session,
      BinlogConnectorConnection source,
      Instant now)
      throws SQLException {
    String name = KeyColumn.quoted(table);
    Connection reading = source.connection();
    SourceSession.execute(reading, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    SourceSession.execute(reading, "SET SESSION wait_timeout = 28800");
    // A DDL that waits for the lock would wait for this connection, and this one for the DDL.
    SourceSession.execute(reading, "SET SESSION lock_wait_timeout = " + SourceSession.LOCK_SECONDS);
    String readAt =
        session.whileLocked(
            name,
            connection -> {
              SourceSession.execute(
                  reading, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
              SourceSession.execute(reading, "SELECT 1 FROM " + name + " LIMIT 0");
              return session.executedTransactions(connection);
            });
    return new WholeTable(table, filter, source, readAt, now);
  }

  /** The transactions of which the table has the rows. */
  String readAt() {
    return readAt;
  }

  Instant begun() {
    return begun;
  }

  /** Whether no row was read yet. */
  boolean isAtItsBegin() {
    return rows == null;
  }

  /**
   * The next rows, as many as fit; empty at the end.
   *
   * @param form the table as the stream has it at the watermark
   * @param most how many at most
   */
  List<Object[]> next(RowReader reader, Table form, int most) throws SQLException {
    List<Column> columns = reader.columns(form);
    ResultSet open = rows == null ? run(columns) : rows;
    List<Object[]> some = new ArrayList<>();
    long bytes = 0;
    while (bytes < RowReader.MOST_BYTES && some.size() < most && open.next()) {
      Object[] row = reader.read(open, columns, form);
      bytes += RowReader.size(row);
      some.add(row);
    }
    return some;
  }

  /** The connection's end is the statement's and the result's. */
  private ResultSet run(List<Column> columns) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(ChunkQuery.whole(table, columns, filter).rows());
    statement.setFetchSize(RowReader.FETCH_ROWS);
    ResultSet opened = statement.executeQuery();
    rows = opened;
    return opened;
  }

  @Override
  public void close() throws SQLException {
    source.close();
  }

  /** From another thread, though a statement is under way. */
  void abort() throws SQLException {
    connection.abort(Runnable::run);
  }
}
