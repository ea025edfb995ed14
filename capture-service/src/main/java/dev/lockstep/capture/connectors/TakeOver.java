package dev.lockstep.capture.connectors;

import dev.lockstep.capture.publish.DataTopics;
import dev.lockstep.capture.publish.PublishException;
import dev.lockstep.capture.publish.PublishedPlace;
import dev.lockstep.capture.publish.PublishedRows;
import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.capture.publish.TransactionalPublisher;
import dev.lockstep.capture.resets.SnapshotResets;
import dev.lockstep.capture.schemas.SchemaTracker;
import dev.lockstep.capture.transforms.Transforms;
import dev.lockstep.common.clock.HybridClock;
import dev.lockstep.common.kafka.KafkaClients;
import dev.lockstep.common.kafka.KafkaSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Takes a connector over from whoever ran it, to go on exactly where the last committed batch
 * ended. The order matters: first every predecessor is fenced, then what is committed is read, so
 * that nothing can be committed after it was read.
 */
final class TakeOver {
  /** A dead replica's transactions end by their timeout, and the broker looks every ten seconds. */
  static final Duration COMMITTED_LIMIT =
      TransactionalPublisher.TRANSACTION_TIMEOUT.plusSeconds(20);

  private final KafkaSettings settings;
  private final CommittedState committed;
  private final InstantSource clock;
  private final KafkaClients clients;

  /**
   * A connector that was taken over.
   *
   * @param publisher the only one that can commit for it; closed by whoever has this
   * @param offset where it goes on in its source; empty at its first start
   * @param place where the publisher goes on, in a source that is not looked at yet
   */
  record Taken(
      TransactionalPublisher publisher,
      Optional<SourceOffset> offset,
      TransactionalPublisher.Place place) {}

  TakeOver(
      KafkaSettings settings, CommittedState committed, InstantSource clock, KafkaClients clients) {
    this.settings = settings;
    this.committed = committed;
    this.clock = clock;
    this.clients = clients;
  }

  /**
   * Takes one over.
   *
   * @param dataTopics makes its topics
   * @param transforms its config's
   * @throws PublishException when Kafka does not answer
   */
  Taken of(String connector, DataTopics dataTopics, Transforms transforms)
      throws InterruptedException {
    var publisher = new TransactionalPublisher(connector, settings, clients);
    try {
      committed.awaitEverythingWritten(COMMITTED_LIMIT);
      Optional<SourceOffset> offset = committed.offset(connector);
      return new Taken(publisher, offset, place(connector, offset, dataTopics, transforms));
    } catch (TimeoutException | ExecutionException e) {
      publisher.close();
      throw new PublishException("The committed offset can't be read: " + e, e);
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  private TransactionalPublisher.Place place(
      String connector,
      Optional<SourceOffset> offset,
      DataTopics dataTopics,
      Transforms transforms) {
    var versions = new HybridClock(clock, offset.map(SourceOffset::version).orElse(0L));
    return new TransactionalPublisher.Place(
        versions,
        new SchemaTracker(connector, committed.latestSchemas(connector)),
        dataTopics,
        new SnapshotResets(connector, versions.next()),
        transforms,
        new PublishedPlace(offset.orElse(null)),
        new PublishedRows(offset.orElse(null)),
        null);
  }
}
