package dev.lockstep.capture.connectors;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.exact.Replacements;
import dev.lockstep.capture.progress.Measurement;
import dev.lockstep.capture.snapshots.LeftSnapshots;
import dev.lockstep.capture.snapshots.SnapshotReports;
import dev.lockstep.capture.snapshots.SnapshotRequests;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaClients;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data plane of capture-service from start to stop: waits for Kafka, makes the control topics,
 * then takes part in the assignment of connectors.
 */
public final class CaptureLifecycle {
  private static final Logger log = LoggerFactory.getLogger(CaptureLifecycle.class);
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final CaptureSettings sharing;
  private final Admin admin;
  private final Measurement measurement;
  private final InstantSource clock;
  private final String owner;
  private final ConnectorReports reports;
  private final SnapshotReports snapshotReports;
  private final Credentials credentials;
  private final StartCheck check;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread starter;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable CommittedState committed;
  private volatile @Nullable SnapshotRequests requests;
  private volatile @Nullable ConnectorAssignment assignment;

  /** The owner is how this replica names itself, {@code host:port} of its HTTP. */
  public CaptureLifecycle(
      KafkaSettings settings,
      CaptureSettings sharing,
      Admin admin,
      Measurement measurement,
      InstantSource clock,
      String owner,
      ConnectorReports reports,
      SnapshotReports snapshotReports,
      Credentials credentials,
      StartCheck check) {
    this.settings = settings;
    this.sharing = sharing;
    this.admin = admin;
    this.measurement = measurement;
    this.clock = clock;
    this.owner = owner;
    this.reports = reports;
    this.snapshotReports = snapshotReports;
    this.credentials = credentials;
    this.check = check;
    this.starter = Thread.ofPlatform().name("capture-start").daemon().unstarted(this::begin);
  }

  /** Begins; returns at once, whether Kafka is there or not. */
  public void start() {
    Replacements.verify();
    starter.start();
  }

  private void begin() {
    try {
      while (!topicsExist()) {
        if (stopped.await(2, TimeUnit.SECONDS)) {
          return;
        }
      }
      var state = new CommittedState(settings, admin, KafkaClients.NETWORK);
      committed = state;
      var asked = new SnapshotRequests(settings);
      requests = asked;
      var snapshots = new Snapshots(asked, snapshotReports, clock);
      var takeOver = new TakeOver(settings, state, clock, KafkaClients.NETWORK);
      var engines =
          new EngineFactory(settings, admin, takeOver, measurement, credentials, check, snapshots);
      var removal =
          new ConnectorRemoval(settings, admin, state, reports, snapshotReports, KAFKA_LIMIT);
      var deletions =
          new Deletions(reports, snapshots, new LeftSnapshots(asked, snapshotReports, clock));
      var supervisor = new ConnectorSupervisor(engines, removal, reports, deletions, clock, owner);
      var started = new ConnectorAssignment(settings, sharing, supervisor, reports);
      assignment = started;
      started.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The top of this thread: without it there is no data plane, so health must say so.
      failure = e;
      log.atError().setCause(e).log("capture-service can't start its work");
    }
  }

  private boolean topicsExist() throws InterruptedException {
    try {
      ControlTopics.ensure(admin, settings, KAFKA_LIMIT);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      log.atWarn()
          .addKeyValue("bootstrapServers", settings.bootstrapServers())
          .log("Waiting for Kafka: {}", String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Empty when connectors are looked after, else why not yet or no more. */
  public Optional<String> problem() {
    if (failure != null) {
      return Optional.of("The work could not be started: " + failure);
    }
    CommittedState state = committed;
    ConnectorAssignment assigned = assignment;
    if (state == null || assigned == null) {
      return Optional.of("Waiting for Kafka's control topics");
    }
    Throwable ended = assigned.failure();
    if (ended != null) {
      return Optional.of("The assignment of connectors ended: " + ended);
    }
    Throwable unread = readersFailure();
    if (unread != null) {
      return Optional.of("A control topic is read no more: " + unread);
    }
    return state.isLoaded() && assigned.isLoaded()
        ? Optional.empty()
        : Optional.of("The control topics are being read");
  }

  /** Whether nothing is looked after any more and only a restart helps. */
  public boolean isDead() {
    ConnectorAssignment assigned = assignment;
    return failure != null
        || (assigned != null && assigned.failure() != null)
        || readersFailure() != null;
  }

  /** No connector can be taken over, nor a snapshot be asked for, once their topics are unread. */
  private @Nullable Throwable readersFailure() {
    CommittedState state = committed;
    SnapshotRequests asked = requests;
    Throwable unread = state == null ? null : state.failure();
    return unread == null && asked != null ? asked.failure() : unread;
  }

  /** Stops the engines in order and leaves the group. */
  public void stop() throws InterruptedException {
    stopped.countDown();
    starter.join(KAFKA_LIMIT);
    ConnectorAssignment assigned = assignment;
    if (assigned != null) {
      assigned.close();
    }
    CommittedState state = committed;
    if (state != null) {
      state.close();
    }
    SnapshotRequests asked = requests;
    if (asked != null) {
      asked.close();
    }
  }
}
