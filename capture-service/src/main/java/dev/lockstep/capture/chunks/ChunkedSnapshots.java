package dev.lockstep.capture.chunks;

import dev.lockstep.capture.chunks.SnapshotWork.Next;
import dev.lockstep.capture.resets.TableRead;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotType;
import io.debezium.DebeziumException;
import io.debezium.connector.binlog.BinlogOffsetContext;
import io.debezium.connector.binlog.BinlogPartition;
import io.debezium.pipeline.signal.SignalPayload;
import io.debezium.pipeline.signal.actions.snapshotting.SnapshotConfiguration;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotChangeEventSource;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.TableId;
import io.debezium.spi.schema.DataCollectionId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables in chunks while the stream goes on, as in Netflix's DBLog (Andreakis and
 * Papapanagiotou, 2020), with the source's set of executed transactions as the watermark. All of it
 * happens on the stream's own thread, between two transactions: a chunk is read, the stream goes on
 * until it has brought everything that was executed by then and takes the rows that it brings out
 * of the chunk, and then what is left of the chunk is handed on.
 *
 * <p>Debezium's own does part of this on the thread of its signals, where a stale row can overtake
 * a newer one (DBZ-8674), and brings keys through Java's types, where an ENUM, a TIME or a zero
 * date is another key.
 */
public final class ChunkedSnapshots<P extends BinlogPartition, O extends BinlogOffsetContext<?>>
    implements IncrementalSnapshotChangeEventSource<P, TableId> {
  private static final Logger log = LoggerFactory.getLogger(ChunkedSnapshots.class);

  private final SnapshotWork work;
  private final Tables tables;
  private final TableDefinitions<P, O> definitions;
  private final Emitter<P> emitter;
  private final EarlyRows earlyRows = new EarlyRows();
  private @Nullable Waiting waiting;
  private boolean inTransaction;
  private boolean resumed;
  private boolean inKnownPart;

  /** For one run of a connector. */
  public ChunkedSnapshots(
      SnapshotWork work, Tables tables, TableDefinitions<P, O> definitions, Emitter<P> emitter) {
    this.work = work;
    this.tables = tables;
    this.definitions = definitions;
    this.emitter = emitter;
  }

  /** There is no offset where a connector begins at the binlog's begin, without a snapshot. */
  @Override
  public void init(P partition, @Nullable OffsetContext offset) {
    if (offset != null) {
      var place = new Place(offset);
      place.resume();
      tables.forget(work.added(place.snapshot()));
      inKnownPart = StreamPosition.isInTransaction((BinlogOffsetContext<?>) offset);
    }
    resumed = true;
  }

  @Override
  public void processMessage(
      P partition, DataCollectionId table, Object key, OffsetContext offset) {
    if (waiting instanceof Chunk chunk) {
      chunk.drop(table, key);
    } else if (waiting instanceof Watermark mark
        && mark.isOpen()
        && !inTransaction
        && mark.table().equals(table)) {
      // An XA transaction, which Debezium tells no begin of, is newer than what is to be read.
      tables.release();
      waiting = null;
    }
  }

  @Override
  public void processTransactionStartedEvent(P partition, OffsetContext offset)
      throws InterruptedException {
    inTransaction = true;
    if (isBusy()) {
      O context = own(offset);
      advance(partition, context, StreamPosition.atBegin(tables.dialect(), context));
    }
  }

  @Override
  public void processTransactionCommittedEvent(P partition, OffsetContext offset) {
    inTransaction = false;
    inKnownPart = false;
  }

  /** The server says that there is nothing new. */
  @Override
  public void processHeartbeat(P partition, OffsetContext offset) throws InterruptedException {
    if (!inTransaction && isBusy()) {
      O context = own(offset);
      advance(partition, context, StreamPosition.between(tables.dialect(), context));
    }
  }

  /** Debezium's dispatcher does not say whose offsets they are. */
  @SuppressWarnings("unchecked")
  private O own(OffsetContext offset) {
    return (O) offset;
  }

  /**
   * Not before the end of a transaction of which a part was handed on before the start: a chunk's
   * offset names its begin, so the part would come again after the next start.
   */
  private boolean isBusy() {
    return !inKnownPart && (waiting != null || !work.isIdle());
  }

  /** As far as it goes until the stream has to go on. */
  private void advance(P partition, O offset, StreamPosition stream) throws InterruptedException {
    Place place = new Place(offset);
    while (!work.isClosing() && emitWaiting(partition, offset, stream, place)) {
      switch (work.next(place.snapshot())) {
        case Next.Nothing _ -> {
          tables.release();
          return;
        }
        case Next.Drop _ -> end(partition, offset, place);
        case Next.Read(var request) -> {
          if (place.snapshot() == null && request.isOfAddedTables()) {
            waiting = definitions(request);
            continue;
          }
          begin(request, place);
          switch (read(new Job(request, place), partition, offset, stream)) {
            case SOME -> log.trace("Some of a table is read");
            case WAIT -> {
              return;
            }
            case END -> end(partition, offset, place);
          }
        }
      }
    }
  }

  private Definition definitions(SnapshotCommand request) {
    try {
      return tables.definitions(request);
    } catch (SQLException e) {
      throw new DebeziumException("The source does not tell the definitions of added tables", e);
    }
  }

  private void begin(SnapshotCommand request, Place place) {
    if (place.snapshot() == null) {
      place.begin(request.id(), request.tables().size(), null);
    } else if (resumed && request.type() == SnapshotType.BLOCKING && place.isRunning()) {
      // Nobody knows any more whether its rows were read before a DDL that is yet to come.
      place.restartTable();
    }
    resumed = false;
  }

  /** Whether no chunk waits any more. */
  private boolean emitWaiting(P partition, O offset, StreamPosition stream, Place place)
      throws InterruptedException {
    Waiting next = waiting;
    if (next == null) {
      return true;
    }
    if (next.isOutdated(tables.ddlStatements())) {
      log.atInfo().addKeyValue("what", next.what()).log("Read again after a DDL");
      waiting = null;
      return true;
    }
    if (!next.isDue(stream)) {
      return false;
    }
    waiting = null;
    switch (next) {
      case Chunk chunk -> handOn(chunk, partition, offset, place);
      case Definition definition -> handOn(definition, partition, offset, place);
      case Unreadable unreadable -> fail(id(place), place, unreadable.reason());
      case WholeRows rows -> handOn(rows, partition, offset, place);
      case Watermark mark -> handOn(mark, partition, offset, place);
      case Later later -> log.debug("{} is asked for again", later.what());
    }
    return true;
  }

  private static String id(Place place) {
    return Objects.requireNonNull(place.snapshot(), "a snapshot that was begun");
  }

  private void handOn(Chunk chunk, P partition, O offset, Place place) throws InterruptedException {
    emitter.emit(partition, offset, chunk, place);
    earlyRows.add(chunk);
    work.read(id(place), place.table(), chunk.rowsRead());
  }

  /** Of a table without a key, everything that was published before its reading is void. */
  private void handOn(Watermark mark, P partition, O offset, Place place)
      throws InterruptedException {
    if (mark.isOpen() && tables.isKeyless(mark.table())) {
      emitter.tableRead(partition, offset, mark.table(), TableRead.HERE);
      work.read(id(place), place.table(), 0);
    }
  }

  private void handOn(WholeRows rows, P partition, O offset, Place place)
      throws InterruptedException {
    emitter.emit(partition, offset, rows);
    work.read(id(place), place.table(), rows.rows().size());
  }

  /** A snapshot of added tables begins with that, so whoever goes on with it knows them. */
  private void handOn(Definition definition, P partition, O offset, Place place)
      throws InterruptedException {
    definitions.add(partition, offset, definition);
    SnapshotCommand begins = definition.begins();
    if (begins != null) {
      place.begin(begins.id(), begins.tables().size(), work.resetBefore());
    } else if (!tables.knows(definition.tables().getFirst().table())) {
      fail(
          id(place),
          place,
          "What the source says of it defines no table, or can't be read: "
              + definition.tables().getFirst().statements().getLast());
    }
  }

  private enum Reading {
    SOME,
    WAIT,
    END
  }

  private Reading read(Job job, P partition, O offset, StreamPosition stream)
      throws InterruptedException {
    Place place = job.place();
    while (place.isRunning()) {
      work.at(job.id(), place.table());
      try {
        if (!tables.areAsNewAs(stream)) {
          return Reading.WAIT;
        }
        waiting = tables.read(job, work);
        if (waiting != null) {
          return Reading.SOME;
        }
        if (!earlyRows.areSettled(stream)) {
          return Reading.WAIT;
        }
        finish(job, partition, offset);
      } catch (SQLException e) {
        waiting = tables.unreadable(job, e);
        return Reading.SOME;
      } catch (IllegalArgumentException e) {
        fail(job.id(), place, String.valueOf(e.getMessage()));
      }
    }
    return Reading.END;
  }

  /** A table is read to its end, unless a DDL says that its rows may have been of another form. */
  private void finish(Job job, P partition, O offset) throws InterruptedException {
    if (earlyRows.areOutdated(tables.ddlStatements())) {
      job.place().restartTable();
    } else {
      Long resetBefore = job.place().resetBefore();
      if (resetBefore != null) {
        emitter.tableRead(partition, offset, job.tableId(), resetBefore);
        work.read(job.id(), job.place().table(), 0);
      }
      work.tableEnded(job.id(), job.place().table(), null);
      tables.release();
      job.place().nextTable();
    }
    earlyRows.clear();
  }

  private void fail(String id, Place place, String reason) {
    log.atWarn()
        .addKeyValue("snapshot", id)
        .addKeyValue("table", place.table())
        .log("A table of a snapshot can't be read: {}", reason);
    work.tableEnded(id, place.table(), reason);
    earlyRows.clear();
    tables.release();
    place.nextTable();
  }

  /** The offset without the snapshot is published at once, for its end counts from then on. */
  private void end(P partition, O offset, Place place) throws InterruptedException {
    String id = place.snapshot();
    place.end();
    earlyRows.clear();
    tables.release();
    waiting = null;
    if (id != null) {
      work.ended(id);
      emitter.heartbeat(partition, offset);
    }
  }

  // What follows is asked by Debezium's signals, which come on a thread of their own.

  @Override
  public void addDataCollectionNamesToSnapshot(
      SignalPayload<P> signal, SnapshotConfiguration configuration) {
    throw signalsAreNotUsed();
  }

  @Override
  public void requestStopSnapshot(
      P partition, OffsetContext offset, Map<String, Object> data, List<String> dataCollections) {
    throw signalsAreNotUsed();
  }

  @Override
  public void pauseSnapshot(P partition, OffsetContext offset) {
    throw signalsAreNotUsed();
  }

  @Override
  public void resumeSnapshot(P partition, OffsetContext offset) {
    throw signalsAreNotUsed();
  }

  @Override
  public void closeWindow(P partition, String id, OffsetContext offset) {
    throw signalsAreNotUsed();
  }

  private static DebeziumException signalsAreNotUsed() {
    return new DebeziumException(
        "Snapshots are asked for with POST /api/v1/snapshots of admin-service, not with signals");
  }
}
