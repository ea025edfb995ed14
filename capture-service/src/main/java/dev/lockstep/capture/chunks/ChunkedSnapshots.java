package dev.lockstep.capture.chunks;

import dev.lockstep.capture.chunks.SnapshotWork.Next;
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
public final class ChunkedSnapshots<P extends BinlogPartition>
    implements IncrementalSnapshotChangeEventSource<P, TableId> {
  private static final Logger log = LoggerFactory.getLogger(ChunkedSnapshots.class);

  private final SnapshotWork work;
  private final Tables tables;
  private final Emitter<P> emitter;
  private final EarlyRows earlyRows = new EarlyRows();
  private @Nullable Chunk chunk;
  private boolean inTransaction;
  private boolean resumed;
  private boolean inKnownPart;

  /** For one run of a connector. */
  public ChunkedSnapshots(SnapshotWork work, Tables tables, Emitter<P> emitter) {
    this.work = work;
    this.tables = tables;
    this.emitter = emitter;
  }

  /** There is no offset where a connector begins at the binlog's begin, without a snapshot. */
  @Override
  public void init(P partition, @Nullable OffsetContext offset) {
    if (offset != null) {
      new Place(offset).resume();
      inKnownPart = StreamPosition.isInTransaction((BinlogOffsetContext<?>) offset);
    }
    resumed = true;
  }

  @Override
  public void processMessage(
      P partition, DataCollectionId table, Object key, OffsetContext offset) {
    if (chunk != null) {
      chunk.drop(table, key);
    }
  }

  @Override
  public void processTransactionStartedEvent(P partition, OffsetContext offset)
      throws InterruptedException {
    inTransaction = true;
    if (isBusy()) {
      var context = (BinlogOffsetContext<?>) offset;
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
      var context = (BinlogOffsetContext<?>) offset;
      advance(partition, context, StreamPosition.between(tables.dialect(), context));
    }
  }

  /**
   * Not before the end of a transaction of which a part was handed on before the start: a chunk's
   * offset names its begin, so the part would come again after the next start.
   */
  private boolean isBusy() {
    return !inKnownPart && (chunk != null || !work.isIdle());
  }

  /** As far as it goes until the stream has to go on. */
  private void advance(P partition, BinlogOffsetContext<?> offset, StreamPosition stream)
      throws InterruptedException {
    Place place = new Place(offset);
    while (!work.isClosing() && emitWaiting(partition, offset, stream, place)) {
      switch (work.next(place.snapshot())) {
        case Next.Nothing _ -> {
          return;
        }
        case Next.Drop _ -> end(partition, offset, place);
        case Next.Read(var request) -> {
          begin(request, place);
          switch (read(new Job(request, place), partition, offset, stream)) {
            case CHUNK -> log.trace("A chunk is read");
            case WAIT -> {
              return;
            }
            case END -> end(partition, offset, place);
          }
        }
      }
    }
  }

  private void begin(SnapshotCommand request, Place place) {
    if (place.snapshot() == null) {
      place.begin(request.id(), request.tables().size());
    } else if (resumed && request.type() == SnapshotType.BLOCKING && place.isRunning()) {
      // Nobody knows any more whether its rows were read before a DDL that is yet to come.
      place.restartTable();
    }
    resumed = false;
  }

  /** Whether no chunk waits any more. */
  private boolean emitWaiting(
      P partition, BinlogOffsetContext<?> offset, StreamPosition stream, Place place)
      throws InterruptedException {
    Chunk waiting = chunk;
    if (waiting == null) {
      return true;
    }
    if (waiting.isOutdated(tables.ddlStatements())) {
      log.atInfo().addKeyValue("table", waiting.table()).log("Reading a chunk again after a DDL");
      chunk = null;
      return true;
    }
    if (!waiting.isEarly() && !stream.isPast(waiting.readAt())) {
      return false;
    }
    chunk = null;
    String id = place.snapshot();
    if (id != null && waiting.failure() != null) {
      fail(id, place, waiting.failure());
    } else if (id != null) {
      emitter.emit(partition, offset, waiting, place);
      earlyRows.add(waiting);
      work.read(id, place.table(), waiting.rowsRead());
    }
    return true;
  }

  private enum Reading {
    CHUNK,
    WAIT,
    END
  }

  private Reading read(Job job, P partition, BinlogOffsetContext<?> offset, StreamPosition stream)
      throws InterruptedException {
    Place place = job.place();
    while (place.isRunning()) {
      work.at(job.id(), place.table());
      try {
        if (!tables.areAsNewAs(stream)) {
          return Reading.WAIT;
        }
        chunk = tables.read(job, work);
        if (chunk != null) {
          return Reading.CHUNK;
        }
        if (!earlyRows.areSettled(stream)) {
          return Reading.WAIT;
        }
        finish(job, partition, offset);
      } catch (SQLException e) {
        chunk = tables.unreadable(job, e);
        return Reading.CHUNK;
      } catch (IllegalArgumentException e) {
        fail(job.id(), place, String.valueOf(e.getMessage()));
      }
    }
    return Reading.END;
  }

  /** A table is read to its end, unless a DDL says that its rows may have been of another form. */
  private void finish(Job job, P partition, BinlogOffsetContext<?> offset)
      throws InterruptedException {
    if (earlyRows.areOutdated(tables.ddlStatements())) {
      job.place().restartTable();
    } else {
      Long resetBefore = job.request().resetBefore();
      if (resetBefore != null) {
        emitter.tableRead(partition, offset, job.tableId(), resetBefore);
        work.read(job.id(), job.place().table(), 0);
      }
      work.tableEnded(job.id(), job.place().table(), null);
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
    place.nextTable();
  }

  /** The offset without the snapshot is published at once, for its end counts from then on. */
  private void end(P partition, BinlogOffsetContext<?> offset, Place place)
      throws InterruptedException {
    String id = place.snapshot();
    place.end();
    earlyRows.clear();
    chunk = null;
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
