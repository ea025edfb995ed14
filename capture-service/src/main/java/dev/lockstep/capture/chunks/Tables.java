package dev.lockstep.capture.chunks;

import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotTable;
import io.debezium.DebeziumException;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.relational.RelationalDatabaseSchema;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.Tables.TableFilter;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The source's tables, as the stream's schema has them now. */
public final class Tables implements AutoCloseable {
  private static final int NO_SUCH_TABLE = 1146;

  private final SourceSession session;
  private final ChunkReader reader;
  private final WholeTables wholes;
  private final DefinitionReader definitions;
  private final TableFilter captured;
  private final RelationalDatabaseSchema schema;
  private final Consumer<TableId> forget;
  private final LongSupplier ddlStatements;
  private @Nullable Prepared prepared;

  /** Statements for one table of one snapshot, as long as no DDL comes. */
  private record Prepared(String snapshot, int table, long ddl, ChunkQuery query) {}

  /**
   * For one run of a connector.
   *
   * @param schema the tables, as the stream has brought them
   * @param forget takes a table out of it
   * @param ddlStatements how many DDL statements the stream has brought
   */
  public Tables(
      Dialect dialect,
      BinlogConnectorConfig config,
      MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
      Clock clock,
      RelationalDatabaseSchema schema,
      Consumer<TableId> forget,
      LongSupplier ddlStatements) {
    this.session =
        new SourceSession(dialect, connections.mainConnection(), config.getGtidSourceFilter());
    this.reader = new ChunkReader(session, config);
    this.wholes = new WholeTables(session, connections::newConnection, config, clock);
    this.definitions = new DefinitionReader(session);
    this.captured = config.getTableFilters().dataCollectionFilter();
    this.schema = schema;
    this.forget = forget;
    this.ddlStatements = ddlStatements;
  }

  Dialect dialect() {
    return session.dialect();
  }

  /** How many DDL statements the stream has brought. */
  long ddlStatements() {
    return ddlStatements.getAsLong();
  }

  /**
   * Whether rows that are read from now on are as new as what the stream has brought of them. Asked
   * before each chunk, for the stream's changes can't be taken out of a chunk that comes after
   * them.
   *
   * @throws SQLException when the source refuses
   */
  boolean areAsNewAs(StreamPosition stream) throws SQLException {
    return wholes.isReading() || session.dialect().shows(stream, session::row);
  }

  /**
   * What comes next of the job's table, or null when it is read to its end.
   *
   * @throws SQLException when the source refuses
   * @throws IllegalArgumentException when the table can't be read, with why and the way out
   */
  @Nullable Waiting read(Job job, SnapshotWork work) throws SQLException {
    Table table = schema.tableFor(job.tableId());
    TableSchema form = schema.schemaFor(job.tableId());
    if (table == null || form == null) {
      return definition(job);
    }
    if (session.dialect().readsWholeTables() || !reader.hasKey(table)) {
      requireNoFilterWithoutKey(job, table);
      return wholes.read(job, table, work);
    }
    if (wholes.isReading()) {
      // It has got a key meanwhile. Whether its rows can be read is yet to be asked.
      wholes.release();
      return Later.in(Duration.ZERO, table.id());
    }
    long ddl = ddlStatements();
    ChunkQuery chunks = query(job, table, ddl);
    List<String> last = job.place().lastKey();
    if (last == null) {
      Optional<List<String>> found = reader.lastKey(chunks);
      if (found.isEmpty()) {
        return null;
      }
      last = found.get();
      work.estimated(job.id(), job.place().table(), session.estimate(chunks.all()));
      job.place().readTo(last);
    }
    Optional<ChunkReader.Rows> rows = reader.rows(chunks, table, form, job.place().after(), last);
    if (rows.isEmpty()) {
      return null;
    }
    return Chunk.of(
        job.tableId(),
        rows.get().byKey(),
        rows.get().count(),
        rows.get().lastKey(),
        session.executedTransactions(),
        ddl,
        job.isBlocking());
  }

  private void requireNoFilterWithoutKey(Job job, Table table) {
    if (job.table().filter() != null && !reader.hasKey(table)) {
      throw new IllegalArgumentException(
          "It has no key, so what is read takes the place of all its rows. Ask for a snapshot of it"
              + " without a filter");
    }
  }

  /** Whether the stream knows the table now. */
  boolean knows(TableId table) {
    return schema.tableFor(table) != null && schema.schemaFor(table) != null;
  }

  /** Whether the stream knows the table now, and no key of it. */
  boolean isKeyless(TableId table) {
    Table known = schema.tableFor(table);
    return known != null && !reader.hasKey(known);
  }

  /** The reading of a table does not go on. */
  void release() {
    wholes.release();
  }

  @Override
  public void close() {
    wholes.close();
  }

  /**
   * A table that is not in the schema history. Whatever the stream has left out of it, the snapshot
   * must read.
   */
  private Definition definition(Job job) throws SQLException {
    TableId table = job.tableId();
    if (!captured.isIncluded(table)) {
      throw new IllegalArgumentException(
          "The connector does not capture the table any more. Take it into table.include.list: it"
              + " is then read by itself");
    }
    if (job.table().filter() != null) {
      throw new IllegalArgumentException(
          "The connector does not know the table yet. Ask for a snapshot of it without a filter");
    }
    Definition found = definitions.read(List.of(table), databases(), null, ddlStatements());
    if (found.tables().isEmpty()) {
      throw new SQLException(
          "There is no table " + table + ", or the user can't see it", "", NO_SUCH_TABLE);
    }
    return found;
  }

  private Set<String> databases() {
    return schema.tableIds().stream().map(TableId::catalog).collect(Collectors.toSet());
  }

  /**
   * The definitions of tables that were added to the config. What the stream knows of them may be
   * from a time when they were captured before.
   *
   * @throws SQLException when the source refuses
   */
  Definition definitions(SnapshotCommand addition) throws SQLException {
    List<TableId> asked = new ArrayList<>();
    for (SnapshotTable table : addition.tables()) {
      var id = new TableId(table.database(), null, table.table());
      if (captured.isIncluded(id)) {
        asked.add(id);
      }
    }
    return definitions.read(asked, databases(), addition, ddlStatements());
  }

  /** Of tables that were added to the config, nothing is known until it is asked for. */
  void forget(List<TableId> added) {
    added.forEach(forget);
  }

  private ChunkQuery query(Job job, Table table, long ddl) throws SQLException {
    Prepared found = prepared;
    int number = job.place().table();
    if (found == null
        || !found.snapshot.equals(job.id())
        || found.table != number
        || found.ddl != ddl) {
      found = new Prepared(job.id(), number, ddl, reader.query(table, job.table().filter()));
      prepared = found;
    }
    return found.query;
  }

  /**
   * What the source has refused.
   *
   * @throws DebeziumException when the connection is lost: the engine begins again from its offset
   */
  Unreadable unreadable(Job job, SQLException failure) {
    String says =
        "The source says: " + failure.getMessage() + " (error " + failure.getErrorCode() + ")";
    try {
      return new Unreadable(
          job.tableId(),
          failure.getErrorCode() == NO_SUCH_TABLE
              ? says + ". It was dropped or renamed: ask for a snapshot of what is there now"
              : says,
          session.executedTransactions(),
          ddlStatements());
    } catch (SQLException e) {
      e.addSuppressed(failure);
      throw new DebeziumException("The source can't be read for a snapshot", e);
    }
  }
}
