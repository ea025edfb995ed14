package dev.lockstep.admin.replays;

import dev.lockstep.admin.outbox.Outbox;
import dev.lockstep.admin.outbox.OutboxPublisher;
import dev.lockstep.admin.outbox.OutboxRecord;
import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import dev.lockstep.admin.replays.ReplayJson.Asked;
import dev.lockstep.admin.status.StatusBoard;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.replay.ReplayBook;
import dev.lockstep.common.replay.ReplayRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Asks for replays: stored in the outbox, then published. */
public final class Replays {
  private static final Logger log = LoggerFactory.getLogger(Replays.class);

  /** What is stored reaches Kafka by itself: a request waits no longer than this for it. */
  private static final Duration PUBLISH_WAIT = Duration.ofSeconds(2);

  private final ReplayBook book;
  private final StatusBoard status;
  private final Outbox outbox;
  private final TransactionOperations transactions;
  private final OutboxPublisher publisher;
  private final String topic;
  private final Clock clock;

  /** Requests are published to this topic. */
  public Replays(
      ReplayBook book,
      StatusBoard status,
      Outbox outbox,
      TransactionOperations transactions,
      OutboxPublisher publisher,
      String topic,
      Clock clock) {
    this.book = book;
    this.status = status;
    this.outbox = outbox;
    this.transactions = transactions;
    this.publisher = publisher;
    this.topic = topic;
    this.clock = clock;
  }

  /** All, the youngest first. */
  List<ReplayView> list() {
    status.requireLoaded();
    return book.requests().stream()
        .sorted(Comparator.comparing(ReplayRequest::requestedAt).reversed())
        .map(this::view)
        .toList();
  }

  /**
   * The replay of this id.
   *
   * @throws ProblemException when there is none
   */
  ReplayView get(String id) {
    return view(find(id));
  }

  private ReplayRequest find(String id) {
    status.requireLoaded();
    return book.request(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.REPLAY_NOT_FOUND,
                    "Replay "
                        + id
                        + " not found. GET /api/v1/replays lists those that there are."));
  }

  private ReplayView view(ReplayRequest request) {
    return ReplayView.of(request, book.status(request));
  }

  /**
   * Asks for a replay.
   *
   * @throws ProblemException when nothing was ever applied of the table
   */
  ReplayView request(Asked asked) {
    boolean known =
        status.partitions().stream()
            .anyMatch(
                table ->
                    table.sourceDatabase().equals(asked.database())
                        && table.sourceTable().equals(asked.table()));
    if (!known) {
      throw new ProblemException(
          ProblemType.TABLE_NOT_FOUND,
          "Nothing has been reported of the table "
              + asked.database()
              + "."
              + asked.table()
              + ". GET /api/v1/tables lists the tables; a table appears with its first event.");
    }
    ReplayRequest request = asked.as(UUID.randomUUID().toString(), clock.instant());
    publish(request);
    return view(request);
  }

  /**
   * Ends a replay.
   *
   * @throws ProblemException when there is none of this id, or it has ended
   */
  ReplayView cancel(String id) {
    ReplayRequest request = find(id);
    if (book.status(request).state().isFinal()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Replay %s has ended: it is %s. Ask for a new one where it is wanted again."
              .formatted(id, book.status(request).state()));
    }
    publish(request.cancel());
    return get(id);
  }

  private void publish(ReplayRequest request) {
    String json = new String(ControlCodec.encode(request), StandardCharsets.UTF_8);
    String key = ReplayRequest.recordKey(request.id());
    transactions.executeWithoutResult(
        transaction -> outbox.add(new OutboxRecord(topic, key, json)));
    book.add(request);
    log.atInfo()
        .addKeyValue("replay", request.id())
        .addKeyValue("table", request.database() + "." + request.table())
        .addKeyValue("cancelled", request.cancelled())
        .log("A replay's request is stored");
    publisher
        .nudge()
        .completeOnTimeout(null, PUBLISH_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
