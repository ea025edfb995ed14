package dev.lockstep.capture.snapshots;

import dev.lockstep.capture.preflight.AddedTables;
import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.snapshot.CapturedTables;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotCommand.Action;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a snapshot of the tables that a changed config captures and the one before did not. That
 * is settled before the engine starts: a crash at any point makes it ask again, with the same id.
 */
public final class TableAdditions {
  private static final Logger log = LoggerFactory.getLogger(TableAdditions.class);
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(30);

  /** The others read no rows, or read them anew at each start. */
  private static final Set<String> MODES = Set.of("initial", "when_needed");

  private final SnapshotRequests requests;
  private final SnapshotReports reports;
  private final InstantSource clock;

  /** For all connectors. */
  public TableAdditions(SnapshotRequests requests, SnapshotReports reports, InstantSource clock) {
    this.requests = requests;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * To be called before each start of an engine.
   *
   * @param committed where the engine goes on; until its initial snapshot is done, that reads every
   *     table
   * @throws SQLException when the source does not tell its tables
   * @throws ExecutionException when Kafka does not take the request
   * @throws TimeoutException when Kafka does not answer
   */
  public void settle(ConnectorSpec spec, Optional<SourceOffset> committed)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    Map<String, String> now = AddedTables.filters(spec.config());
    Optional<CapturedTables> before = requests.captured(spec.name());
    if (before.isPresent() && before.get().filters().equals(now)) {
      return;
    }
    Optional<SourceOffset> streaming = committed.filter(SourceOffset::isStreaming);
    if (before.isPresent() && streaming.isPresent() && readsRows(spec)) {
      request(
          spec,
          AddedTables.between(before.get().filters(), spec.config()),
          streaming.get().version() + 1);
      // The stream leaves out what it does not know of them only where it knows of the request.
      requests.awaitCaughtUp(KAFKA_LIMIT);
    }
    reports.captured(new CapturedTables(spec.name(), now), KAFKA_LIMIT);
  }

  private static boolean readsRows(ConnectorSpec spec) {
    return MODES.contains(spec.config().getOrDefault("snapshot.mode", "initial").strip());
  }

  /**
   * All that the connector has published has a lower version, and what it publishes from now on has
   * none. What is there of these tables is from a time before they left the config.
   */
  private void request(ConnectorSpec spec, List<SnapshotTable> added, long resetBefore)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (int from = 0; from < added.size(); from += SnapshotCommand.MOST_TABLES) {
      int to = Math.min(added.size(), from + SnapshotCommand.MOST_TABLES);
      reports.request(
          new SnapshotCommand(
              id(spec, from),
              spec.name(),
              Action.REQUEST,
              SnapshotType.INCREMENTAL,
              added.subList(from, to),
              clock.instant(),
              resetBefore),
          KAFKA_LIMIT);
    }
    log.atInfo()
        .addKeyValue("connector", spec.name())
        .addKeyValue("tables", added.size())
        .log("Tables were added to the config; a snapshot of them is asked for");
  }

  private static String id(ConnectorSpec spec, int from) {
    String what = "added\0" + spec.name() + "\0" + spec.generation() + "\0" + from;
    return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
