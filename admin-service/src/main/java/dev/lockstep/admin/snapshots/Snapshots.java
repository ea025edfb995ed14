package dev.lockstep.admin.snapshots;

import dev.lockstep.admin.connectors.Connector;
import dev.lockstep.admin.connectors.Connectors;
import dev.lockstep.admin.outbox.Outbox;
import dev.lockstep.admin.outbox.OutboxPublisher;
import dev.lockstep.admin.outbox.OutboxRecord;
import dev.lockstep.admin.preflight.Preflight;
import dev.lockstep.admin.snapshots.SnapshotJson.Asked;
import dev.lockstep.admin.status.StatusBoard;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.common.preflight.PreflightRequest;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotCommand.Action;
import dev.lockstep.common.snapshot.SnapshotStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Asks for snapshots: checked by capture-service, then stored in the outbox, then published. What
 * is refused leaves nothing behind.
 */
public final class Snapshots {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  /** What is stored reaches Kafka by itself: a request waits no longer than this for it. */
  private static final Duration PUBLISH_WAIT = Duration.ofSeconds(2);

  private final Connectors connectors;
  private final Preflight preflight;
  private final Outbox outbox;
  private final TransactionOperations transactions;
  private final OutboxPublisher publisher;
  private final SnapshotBoard board;
  private final StatusBoard status;
  private final String topic;
  private final Clock clock;

  /** Commands are published to this topic. */
  public Snapshots(
      Connectors connectors,
      Preflight preflight,
      Outbox outbox,
      TransactionOperations transactions,
      OutboxPublisher publisher,
      SnapshotBoard board,
      StatusBoard status,
      String topic,
      Clock clock) {
    this.connectors = connectors;
    this.preflight = preflight;
    this.outbox = outbox;
    this.transactions = transactions;
    this.publisher = publisher;
    this.board = board;
    this.status = status;
    this.topic = topic;
    this.clock = clock;
  }

  /** All, or a connector's; the youngest first. */
  List<SnapshotStatus> list(@Nullable String connector) {
    status.requireLoaded();
    return board.all().stream()
        .filter(snapshot -> connector == null || snapshot.connector().equals(connector))
        .sorted(Comparator.comparing(SnapshotStatus::requestedAt).reversed())
        .toList();
  }

  /**
   * The snapshot of this id.
   *
   * @throws SnapshotException.Unknown when there is none
   */
  SnapshotStatus get(String id) {
    status.requireLoaded();
    return board.find(id).orElseThrow(() -> new SnapshotException.Unknown(id));
  }

  /**
   * Asks for a snapshot.
   *
   * @throws SnapshotException.Invalid when the tables could not be read
   * @throws dev.lockstep.admin.connectors.ConnectorException.Unknown when there is no such
   *     connector
   */
  SnapshotStatus request(Asked asked) {
    Connector connector = connectors.get(asked.connector());
    PreflightReport report =
        preflight.ask(new PreflightRequest(connector.name(), connector.config(), asked.tables()));
    List<String> errors =
        report.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .map(finding -> finding.key() + ": " + finding.problem() + " " + finding.remedy())
            .toList();
    if (!errors.isEmpty()) {
      throw new SnapshotException.Invalid(errors);
    }
    var command =
        SnapshotCommand.request(
            UUID.randomUUID().toString(),
            connector.name(),
            asked.type(),
            asked.tables(),
            clock.instant());
    publish(command);
    return board.find(command.id()).orElseThrow();
  }

  /**
   * Pauses, resumes or cancels a snapshot.
   *
   * @throws SnapshotException.Unknown when there is none of this id
   * @throws SnapshotException.Ended when it has ended
   * @throws SnapshotException.Initial when it is a connector's initial one
   */
  SnapshotStatus change(String id, Action action) {
    SnapshotStatus now = get(id);
    if (now.state().isFinal()) {
      throw new SnapshotException.Ended(id, now.state().name());
    }
    if (!now.type().isOnDemand()) {
      throw new SnapshotException.Initial(now.connector());
    }
    publish(SnapshotCommand.change(id, now.connector(), action, clock.instant()));
    return get(id);
  }

  private void publish(SnapshotCommand command) {
    String json = new String(ControlCodec.encode(command), StandardCharsets.UTF_8);
    transactions.executeWithoutResult(
        transaction -> outbox.add(new OutboxRecord(topic, command.connector(), json)));
    board.add(command);
    log.atInfo()
        .addKeyValue("snapshot", command.id())
        .addKeyValue("connector", command.connector())
        .addKeyValue("action", command.action())
        .log("Snapshot command stored");
    publisher
        .nudge()
        .completeOnTimeout(null, PUBLISH_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
