package dev.lockstep.capture.snapshots;

import dev.lockstep.capture.chunks.SnapshotWork;
import dev.lockstep.capture.snapshots.SnapshotRequests.Entry;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotTable;
import io.debezium.relational.TableId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one connector for one run of its engine: one after the other, in the order in
 * which they were asked for. One that is paused before it was begun lets others pass; one that was
 * begun does not, for the source's offset keeps one place.
 *
 * <p>A snapshot has ended when an offset without it is committed. A crash before makes the next run
 * go on, or read again; it never leaves rows out.
 */
public final class SnapshotQueue implements SnapshotWork {
  /** Debezium's key in the source's offset for the snapshot that goes on. */
  private static final String RUNNING = "incremental_snapshot_correlation_id";

  private static final Duration REPORT_EVERY = Duration.ofMillis(500);

  private final String connector;
  private final SnapshotRequests requests;
  private final SnapshotReports reports;
  private final InstantSource clock;
  private final long resetBefore;
  private final Map<String, Progress> progress = new HashMap<>();
  private volatile boolean closing;
  private volatile boolean idle;
  private volatile boolean awaitsCommit;
  private volatile long seen = -1;
  private long rested = -1;
  private Instant lastReport = Instant.EPOCH;
  private long readSeen = -1;
  private Set<TableId> read = Set.of();

  /** Of added tables, which this run has forgotten. */
  private final Set<String> owed = new LinkedHashSet<>();

  /** Handed on to their last rows, of which the commit is awaited. */
  private final Set<String> ended = new LinkedHashSet<>();

  /** Of which rows are committed. */
  private final Set<String> committed = new HashSet<>();

  /**
   * For one run of a connector.
   *
   * @param resetBefore a version above all that earlier runs gave, and not above the first of this
   */
  public SnapshotQueue(
      String connector,
      SnapshotRequests requests,
      SnapshotReports reports,
      InstantSource clock,
      long resetBefore) {
    this.connector = connector;
    this.resetBefore = resetBefore;
    this.requests = requests;
    this.reports = reports;
    this.clock = clock;
  }

  /** The engine shall end: no chunk is read any more. */
  public void close() {
    closing = true;
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  @Override
  public boolean isIdle() {
    return idle && seen == requests.changes();
  }

  @Override
  public synchronized boolean reads(TableId table) {
    long now = requests.changes();
    if (readSeen != now) {
      readSeen = now;
      read = new HashSet<>();
      for (Entry entry : open()) {
        if (!entry.isCancelled() || entry.request().isOfAddedTables()) {
          entry.request().tables().stream()
              .filter(asked -> asked.filter() == null)
              .forEach(asked -> read.add(id(asked)));
        }
      }
    }
    return read.contains(table);
  }

  private static TableId id(SnapshotTable asked) {
    return new TableId(asked.database(), null, asked.table());
  }

  @Override
  public synchronized List<TableId> added(@Nullable String begun) {
    List<TableId> tables = new ArrayList<>();
    for (Entry entry : open()) {
      SnapshotCommand request = entry.request();
      if (request.isOfAddedTables() && !request.id().equals(begun)) {
        owed.add(request.id());
        request.tables().forEach(asked -> tables.add(id(asked)));
      }
    }
    return tables;
  }

  /**
   * Those that have not ended, and those of added tables that this run owes: it knows nothing of
   * these tables until they are read, though a replica that was frozen reports their end late.
   */
  private List<Entry> open() {
    List<Entry> open = requests.open(connector);
    for (String id : owed) {
      if (open.stream().noneMatch(entry -> entry.request().id().equals(id))) {
        requests.find(id).ifPresent(open::add);
      }
    }
    return open;
  }

  @Override
  public long resetBefore() {
    return resetBefore;
  }

  @Override
  public synchronized Next next(@Nullable String begun) {
    seen = requests.changes();
    List<Entry> open = open();
    open.forEach(entry -> adapt(entry, entry.request().id().equals(begun)));
    Next next = begun == null ? oldest(open) : goOn(begun);
    // Only another command or report can make something of nothing.
    idle = next instanceof Next.Nothing;
    return next;
  }

  /** Reports what follows from wishes alone. */
  private void adapt(Entry entry, boolean begun) {
    if (!ended.contains(entry.request().id())) {
      State wanted =
          entry.isCancelled() && !begun && !entry.request().isOfAddedTables()
              ? State.CANCELLED
              : entry.isPaused() ? State.PAUSED : begun ? State.RUNNING : State.QUEUED;
      settle(entry, wanted, null);
    }
  }

  /**
   * The engine does not run: pauses and cancellations take effect all the same, and what is left
   * waits. Of one that was begun and is cancelled so, the next run leaves the rest out. One of
   * added tables is cancelled by the next run, once it knows the tables.
   *
   * @param reason what they wait for
   */
  public synchronized void rest(String reason) {
    long changes = requests.changes();
    if (changes == rested) {
      return;
    }
    rested = changes;
    for (Entry entry : requests.open(connector)) {
      if (entry.isCancelled() && !entry.request().isOfAddedTables()) {
        settle(entry, State.CANCELLED, null);
      } else if (entry.isPaused()) {
        settle(entry, State.PAUSED, null);
      } else {
        settle(entry, State.QUEUED, reason);
      }
    }
  }

  private void settle(Entry entry, State wanted, @Nullable String reason) {
    Progress now = progress(entry);
    if (entry.status() == null || now.state() != wanted || !Objects.equals(now.reason(), reason)) {
      now.because(reason);
      now.enter(wanted, clock.instant());
      report(now);
    }
  }

  private Next oldest(List<Entry> open) {
    for (Entry entry : open) {
      String id = entry.request().id();
      boolean isWanted = !entry.isCancelled() || entry.request().isOfAddedTables();
      if (isWanted && !entry.isPaused() && !ended.contains(id)) {
        return new Next.Read(entry.request());
      }
    }
    return new Next.Nothing();
  }

  private Next goOn(String begun) {
    Entry entry = requests.find(begun).orElse(null);
    if (entry == null || !(entry.isOpen() || owed.contains(begun)) || entry.isCancelled()) {
      return new Next.Drop();
    }
    return entry.isPaused() ? new Next.Nothing() : new Next.Read(entry.request());
  }

  private Progress progress(Entry entry) {
    return progress.computeIfAbsent(
        entry.request().id(), id -> new Progress(entry.request(), entry.status()));
  }

  private Progress progress(String id) {
    return progress(requests.find(id).orElseThrow());
  }

  @Override
  public synchronized void at(String id, int table) {
    Progress now = progress(id);
    now.enter(State.RUNNING, clock.instant());
    now.at(table);
    reportNowAndThen(now);
  }

  @Override
  public synchronized void estimated(String id, int table, long rows) {
    Progress now = progress(id);
    now.estimated(table, rows);
    reportNowAndThen(now);
  }

  @Override
  public synchronized void read(String id, int table, int rows) {
    Progress now = progress(id);
    now.read(table, rows);
    reportNowAndThen(now);
  }

  @Override
  public synchronized void tableEnded(String id, int table, @Nullable String failure) {
    Progress now = progress(id);
    now.ended(table, failure);
    report(now);
  }

  @Override
  public synchronized void ended(String id) {
    Entry entry = requests.find(id).orElse(null);
    owed.remove(id);
    readSeen = -1;
    if (entry == null || !entry.isOpen()) {
      return;
    }
    Progress now = progress(entry);
    if (entry.isCancelled()) {
      now.enter(State.CANCELLED, clock.instant());
      report(now);
    } else if (!now.hasRows()) {
      complete(now);
    } else {
      ended.add(id);
      awaitsCommit = true;
    }
  }

  /**
   * A batch is committed.
   *
   * @param batch its records, in their order
   */
  public void committed(List<SourceRecord> batch) {
    if (awaitsCommit || !isIdle()) {
      take(batch);
    }
  }

  private synchronized void take(List<SourceRecord> batch) {
    for (SourceRecord item : batch) {
      String running = (String) item.sourceOffset().get(RUNNING);
      if (running != null) {
        committed.add(running);
      }
      for (String id : List.copyOf(ended)) {
        if (committed.contains(id) && !id.equals(running)) {
          ended.remove(id);
          awaitsCommit = !ended.isEmpty();
          complete(progress(id));
        }
      }
    }
  }

  private void complete(Progress now) {
    List<String> failures = now.failures();
    now.because(failures.isEmpty() ? null : String.join("; ", failures));
    now.enter(failures.isEmpty() ? State.COMPLETED : State.FAILED, clock.instant());
    report(now);
  }

  private void reportNowAndThen(Progress now) {
    if (Duration.between(lastReport, clock.instant()).compareTo(REPORT_EVERY) >= 0) {
      report(now);
    }
  }

  /** What has ended stays so, whoever told it. */
  private void report(Progress now) {
    lastReport = clock.instant();
    SnapshotStatus status = now.status(lastReport);
    if (requests.find(status.id()).filter(Entry::isOpen).isEmpty()) {
      return;
    }
    reports.report(status);
    requests.accept(status);
  }
}
