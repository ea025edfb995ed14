package dev.lockstep.capture.progress;

import dev.lockstep.capture.progress.DebeziumMetrics.Reading;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorProgress.Events;
import dev.lockstep.common.control.ConnectorProgress.Lag;
import dev.lockstep.common.control.ConnectorProgress.Position;
import dev.lockstep.common.control.ConnectorSpec;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures one run of a connector at intervals, on a thread of its own, so that neither a slow
 * source nor a fault here holds the capture up.
 */
public final class RunProgress implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunProgress.class);
  private static final Duration SOURCE_RETRY = Duration.ofSeconds(15);

  private static final Duration LAST_REPORT = Duration.ofMillis(500);

  private final String connector;
  private final PublishedBatches batches;
  private final SnapshotProgress snapshot;
  private final Measurement.Reporter reporter;
  private final String owner;
  private final InstantSource clock;
  private final Duration interval;
  private final DebeziumMetrics debezium;
  private final SourceEnd source;
  private final Interval published;
  private final boolean gtidsAreFiltered;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable ConnectorProgress last;
  private Instant sourceRetryAt = Instant.MIN;
  private boolean faultTold;

  RunProgress(
      ConnectorSpec spec,
      PublishedBatches batches,
      SnapshotProgress snapshot,
      Measurement.Reporter reporter,
      String owner,
      InstantSource clock,
      ProgressSettings settings) {
    Map<String, String> config = spec.config();
    this.connector = spec.name();
    this.batches = batches;
    this.snapshot = snapshot;
    this.reporter = reporter;
    this.owner = owner;
    this.clock = clock;
    this.interval = settings.interval();
    this.debezium = new DebeziumMetrics(config.getOrDefault("topic.prefix", "").strip());
    this.source = new SourceEnd(config);
    this.published = new Interval(batches.meters());
    this.gtidsAreFiltered =
        config.containsKey("gtid.source.includes") || config.containsKey("gtid.source.excludes");
    this.thread = Thread.ofVirtual().name("progress-" + connector).unstarted(this::run);
  }

  /** Begins to measure; once. */
  public void start() {
    thread.start();
  }

  /** To be told of the run's batches. */
  public PublishedBatches batches() {
    return batches;
  }

  private void run() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        measureSafely();
      }
      snapshot.tellInterruption(clock.instant());
      tell(atRest());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      letSourceGo();
    }
  }

  /** The top of the loop: what fails here is told once and must not end measuring. */
  private void measureSafely() {
    try {
      tell(measure());
      snapshot.tell(debezium, clock.instant());
      faultTold = false;
    } catch (RuntimeException e) {
      if (!faultTold) {
        log.atError().setCause(e).addKeyValue("connector", connector).log("Progress not measured");
        faultTold = true;
      }
    }
  }

  private void tell(ConnectorProgress progress) {
    last = progress;
    batches.meters().progress(progress);
    reporter.report(progress);
  }

  /** The end first: so a reader that keeps up is at the end, and not a moment behind it. */
  private ConnectorProgress measure() {
    Interval.Rates rates = published.next();
    Optional<Position> end = end();
    Optional<Reading> reading = debezium.read();
    Position place = place(reading);
    Lag lag = place == null || end.isEmpty() ? null : lag(place, end.get(), reading);
    return new ConnectorProgress(
        connector,
        owner,
        place,
        lag,
        batches.lastEventAt(),
        rates.events(),
        reading.map(Reading::queue).orElse(null),
        rates.batches(),
        clock.instant());
  }

  /** While nothing waits to be published, everything up to the reader's place is. */
  private @Nullable Position place(Optional<Reading> reading) {
    return reading
        .filter(seen -> seen.queue().records() == 0 && !batches.isUnderWay())
        .map(Reading::position)
        .orElseGet(batches::position);
  }

  private Optional<Position> end() {
    if (clock.instant().isBefore(sourceRetryAt)) {
      return Optional.empty();
    }
    try {
      return Optional.of(source.read());
    } catch (SQLException e) {
      sourceFailed(e);
      return Optional.empty();
    }
  }

  private @Nullable Lag lag(Position place, Position end, Optional<Reading> reading) {
    try {
      OptionalLong bytes = source.bytes(place, end);
      if (bytes.isEmpty()) {
        return null;
      }
      OptionalLong transactions =
          gtidsAreFiltered ? OptionalLong.empty() : source.transactions(place, end);
      return new Lag(
          bytes.getAsLong(),
          transactions.isPresent() ? Long.valueOf(transactions.getAsLong()) : null,
          bytes.getAsLong() == 0 ? 0 : seconds(reading));
    } catch (SQLException e) {
      sourceFailed(e);
      return null;
    }
  }

  private double seconds(Optional<Reading> reading) {
    double seconds =
        batches
            .oldestUnderWay()
            .map(time -> Duration.between(time, clock.instant()).toMillis() / 1_000d)
            .or(() -> reading.map(Reading::behindSeconds))
            .orElse(0d);
    return Interval.rounded(Math.max(0, seconds));
  }

  private void sourceFailed(SQLException failure) {
    log.atInfo()
        .addKeyValue("connector", connector)
        .addKeyValue("code", failure.getErrorCode())
        .log("The source did not tell where its binlog ends; asked again in 15 s");
    sourceRetryAt = clock.instant().plus(SOURCE_RETRY);
    letSourceGo();
  }

  private void letSourceGo() {
    try {
      source.letGo();
    } catch (SQLException e) {
      log.atDebug().setCause(e).addKeyValue("connector", connector).log("A connection is lost");
    }
  }

  /** The place stays; what only a run has is gone. */
  private ConnectorProgress atRest() {
    ConnectorProgress before = last;
    return new ConnectorProgress(
        connector,
        owner,
        before == null ? batches.position() : before.position(),
        null,
        batches.lastEventAt(),
        Events.NONE,
        null,
        null,
        clock.instant());
  }

  /**
   * Ends measuring; what only a run has is reported as gone, unless the source is slow just now.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      boolean _ = thread.join(LAST_REPORT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
