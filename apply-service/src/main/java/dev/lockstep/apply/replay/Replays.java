package dev.lockstep.apply.replay;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.apply.settings.FlushSettings;
import dev.lockstep.common.replay.ReplayBook;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Into;
import dev.lockstep.common.replay.ReplayStatus;
import dev.lockstep.common.replay.ReplayStatus.State;
import dev.lockstep.common.schema.TableSchema;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the replays of the tables whose topics' first partition this replica reads, one after
 * the other. A replica that takes such a partition over begins its replay anew: all of it can be
 * done again.
 */
public final class Replays implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Replays.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A replay takes this and what one fetch brings of memory, beside the live stream's. */
  private static final long BLOCK_BYTES = 16 * 1024 * 1024;

  /** A table that is written to may never be at its end; so near to it, it is exchanged. */
  private static final long NEAR = 5_000;

  private static final int MOST_PASSES = 20;

  private final ReplayBook book;
  private final Offsets offsets;
  private final ReplayTools tools;
  private final RecordSources sources;
  private final int blockRows;
  private final long blockBytes;
  private final Consumer<ReplayStatus> reports;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * Of the requests in this book.
   *
   * @param flush how large the live stream's blocks are, which a replay's never are beyond
   * @param reports takes what is to be published
   */
  public Replays(
      ReplayBook book,
      Offsets offsets,
      ReplayTools tools,
      FlushSettings flush,
      Consumer<ReplayStatus> reports) {
    this.book = book;
    this.offsets = offsets;
    this.tools = tools;
    this.sources = new RecordSources(tools.kafka());
    this.blockRows = flush.rows();
    this.blockBytes = Math.min(flush.bytes().toBytes(), BLOCK_BYTES);
    this.reports = reports;
  }

  /** To be called often by one thread: carries out the oldest replay that is to be done here. */
  public void look() {
    if (tools.control().problem().isPresent()) {
      // What has ended may look as if it had not, until all is read.
      return;
    }
    Optional<ReplayRequest> next = book.requests().stream().filter(this::isToBeDone).findFirst();
    if (next.isPresent() && isReadToItsEnd() && isToBeDone(next.get())) {
      new Run(next.get()).carryOut();
    }
  }

  private boolean isToBeDone(ReplayRequest request) {
    return !book.status(request).state().isFinal() && isMine(request);
  }

  /** What another replica has done may be published and not be read here. */
  private boolean isReadToItsEnd() {
    try {
      tools.control().awaitReplays();
      return true;
    } catch (TransientFault e) {
      log.atWarn().setCause(e).log("A replay waits for the replays topic");
      return false;
    }
  }

  private List<TableSchema> schemas(ReplayRequest request) {
    return tools.control().schemas().all().stream()
        .filter(
            schema ->
                schema.database().equals(request.database())
                    && schema.table().equals(request.table()))
        .sorted(Comparator.comparingLong(TableSchema::id))
        .toList();
  }

  private Set<String> topics(ReplayRequest request) {
    return schemas(request).stream().map(TableSchema::topic).collect(Collectors.toSet());
  }

  private boolean isMine(ReplayRequest request) {
    List<TableSchema> known = schemas(request);
    return !known.isEmpty() && offsets.of(new TopicPartition(known.getLast().topic(), 0)) != null;
  }

  private boolean isCancelled(ReplayRequest request) {
    return book.request(request.id()).filter(ReplayRequest::cancelled).isPresent();
  }

  /** One replay. */
  private final class Run {
    private final ReplayRequest request;
    private final ReplayProgress progress;
    private final ReplayTargets targets;

    /** Rows may be missing in the target until it is done. */
    private boolean mustComplete;

    Run(ReplayRequest request) {
      this.request = request;
      this.targets = tools.targets(request);
      this.mustComplete = book.status(request).exchanged();
      this.progress =
          new ReplayProgress(
              request,
              this::report,
              () -> !mustComplete && isCancelled(request),
              () -> isMine(request),
              closing,
              tools.clock(),
              mustComplete);
    }

    private void report(ReplayStatus status) {
      book.report(status);
      reports.accept(status);
    }

    void carryOut() {
      log.atInfo().addKeyValue("replay", request.id()).log("A replay begins");
      progress.report(State.RUNNING, null);
      try {
        untilItIsDone();
        progress.report(State.COMPLETED, null);
      } catch (ReplayEndedException e) {
        State state = e.state();
        if (state != null) {
          clean();
          progress.report(state, null);
        }
      } catch (TableFault e) {
        fail(e);
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("A replay failed in a way that is not known");
        fail(TableFault.bug(e));
      }
      log.atInfo()
          .addKeyValue("replay", request.id())
          .addKeyValue("state", book.status(request).state())
          .log("A replay ended");
    }

    /** Where it is somebody else's by now, or must be completed, it is not this one's to end. */
    private void fail(TableFault fault) {
      if (!mustComplete && isMine(request)) {
        clean();
        progress.report(State.FAILED, fault.reason());
      }
    }

    /** What an exchange has begun, nobody but the next to carry it out may leave undone. */
    private void untilItIsDone() {
      boolean done = false;
      while (!done) {
        try {
          attempt();
          done = true;
        } catch (TransientFault e) {
          progress.waits(e, PAUSE);
        } catch (TableFault e) {
          if (!mustComplete) {
            throw e;
          }
          progress.waits(e, PAUSE);
        }
      }
    }

    private void attempt() {
      if (!targets.isAny()) {
        throw new TableFault(
            "No mapping of mode %s is for %s.%s. Ask for the replay with the mode of one that is"
                .formatted(request.mode(), request.database(), request.table()));
      }
      targets.dropNew();
      targets.begin(schemas(request).getLast());
      try (Records records = sources.of(request, topics(request))) {
        boolean isNew = request.into() == Into.NEW_TABLE;
        job(records, isNew).run();
        if (isNew) {
          complete(records);
        }
      }
    }

    private void complete(Records records) {
      records.extend();
      for (int pass = 0; pass < MOST_PASSES && records.left() > NEAR; pass++) {
        job(records, true).run();
        records.extend();
      }
      progress.checkWanted();
      if (!targets.isAsBegun()) {
        throw new TransientFault(
            Reach.TABLE, "The table's mappings are others than at the begin; it is filled anew");
      }
      mustComplete = true;
      progress.exchanging();
      TableSchema newest = schemas(request).getLast();
      targets.exchange(newest);
      catchUp(records, newest);
      clean();
    }

    /** Rows that went into the table that was there until now are in the records up to here. */
    private void catchUp(Records records, TableSchema newest) {
      boolean done = false;
      while (!done) {
        try {
          records.extend();
          job(records, false).run();
          targets.complete(newest);
          done = true;
        } catch (TransientFault | TableFault e) {
          records.goBack();
          progress.waits(e, PAUSE);
        }
      }
    }

    private ReplayJob job(Records records, boolean isNew) {
      return new ReplayJob(
          records,
          tools.writer(request, targets),
          isNew ? topic -> 1 : offsets::rowsApplied,
          blockRows,
          blockBytes,
          progress);
    }

    /** A new table that is not to take a place is not left behind. */
    private void clean() {
      try {
        targets.dropNew();
      } catch (TransientFault | TableFault e) {
        log.atWarn().setCause(e).log("What a replay has left behind can't be dropped now");
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
