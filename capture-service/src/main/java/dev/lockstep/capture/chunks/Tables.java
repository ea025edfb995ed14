package dev.lockstep.capture.chunks;

import io.debezium.DebeziumException;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.relational.RelationalDatabaseSchema;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The source's tables, as the stream's schema has them now. */
public final class Tables {
  private final ChunkReader reader;
  private final RelationalDatabaseSchema schema;
  private final LongSupplier ddlStatements;
  private final Dialect dialect;
  private @Nullable Prepared prepared;

  /** Statements for one table of one snapshot, as long as no DDL comes. */
  private record Prepared(String snapshot, int table, long ddl, ChunkQuery query) {}

  /**
   * For one run of a connector.
   *
   * @param schema the tables, as the stream has brought them
   * @param ddlStatements how many DDL statements the stream has brought
   */
  public Tables(
      Dialect dialect,
      BinlogConnectorConfig config,
      BinlogConnectorConnection source,
      RelationalDatabaseSchema schema,
      LongSupplier ddlStatements) {
    this.dialect = dialect;
    this.reader = new ChunkReader(dialect, config, source);
    this.schema = schema;
    this.ddlStatements = ddlStatements;
  }

  Dialect dialect() {
    return dialect;
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
    return dialect.shows(stream, reader::row);
  }

  /**
   * The next chunk of the job's table, or null when it is read to its end.
   *
   * @throws SQLException when the source refuses
   * @throws IllegalArgumentException when the table can't be read, with why and the way out
   */
  @Nullable Chunk read(Job job, SnapshotWork work) throws SQLException {
    Table table = schema.tableFor(job.tableId());
    TableSchema form = schema.schemaFor(job.tableId());
    if (table == null || form == null) {
      throw new IllegalArgumentException(
          "The table was dropped or renamed, or the connector does not capture it. Ask for a"
              + " snapshot of what is there now");
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
      work.estimated(job.id(), job.place().table(), reader.estimate(chunks));
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
        reader.executedTransactions(),
        ddl,
        job.isBlocking());
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
   * A chunk that could not be read.
   *
   * @throws DebeziumException when the connection is lost: the engine begins again from its offset
   */
  Chunk unreadable(Job job, SQLException failure) {
    try {
      return Chunk.failed(
          job.tableId(),
          "The source says: " + failure.getMessage() + " (error " + failure.getErrorCode() + ")",
          reader.executedTransactions(),
          ddlStatements());
    } catch (SQLException e) {
      e.addSuppressed(failure);
      throw new DebeziumException("The source can't be read for a snapshot", e);
    }
  }
}
