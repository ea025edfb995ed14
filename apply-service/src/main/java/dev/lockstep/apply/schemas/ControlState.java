package dev.lockstep.apply.schemas;

import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.replay.ReplayBook;
import dev.lockstep.common.schema.TableSchema;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the control topics say, followed as it changes. */
public final class ControlState implements AutoCloseable {
  private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(5);

  private final SchemaRegistry schemas = new SchemaRegistry();
  private final MappingRegistry mappings = new MappingRegistry();
  private final ConnectorRegistry connectors = new ConnectorRegistry();
  private final ReplayBook replays = new ReplayBook();
  private final Resets resets = new Resets(schemas, connectors);
  private volatile OptionalLong mappingsCaughtUp = OptionalLong.empty();
  private volatile @Nullable CompactedTopic schemasTopic;
  private volatile @Nullable CompactedTopic connectorsTopic;
  private volatile @Nullable CompactedTopic mappingsTopic;
  private volatile @Nullable CompactedTopic resetsTopic;
  private volatile @Nullable CompactedTopic replaysTopic;

  /** Begins to read; the topics must exist. */
  public void start(KafkaSettings kafka) {
    schemasTopic = new CompactedTopic(kafka, kafka.topics().schemas(), changing(schemas::accept));
    mappingsTopic = new CompactedTopic(kafka, kafka.topics().mappings(), mappings::accept);
    connectorsTopic =
        new CompactedTopic(kafka, kafka.topics().connectors(), changing(connectors::accept));
    resetsTopic = new CompactedTopic(kafka, kafka.topics().resets(), resets::accept);
    replaysTopic = new CompactedTopic(kafka, kafka.topics().replays(), replays::accept);
  }

  private CompactedTopic.Listener changing(CompactedTopic.Listener listener) {
    return (key, value) -> {
      listener.accept(key, value);
      resets.changed();
    };
  }

  /** The table schemas. */
  public SchemaRegistry schemas() {
    return schemas;
  }

  /** The connectors. */
  public ConnectorRegistry connectors() {
    return connectors;
  }

  /**
   * Returns when all of the replays topic is read that was published before this call.
   *
   * @throws TransientFault when it can't be read now
   */
  public void awaitReplays() {
    catchUp("replays", replaysTopic);
  }

  /** What is to be applied again. */
  public ReplayBook replays() {
    return replays;
  }

  /** Which rows are void, as far as it is read. */
  public Resets resets() {
    return resets;
  }

  /**
   * Returns when all connectors are known that were published before this call.
   *
   * @throws TransientFault when they can't be read now
   */
  public void awaitConnectors() {
    catchUp("connectors", connectorsTopic);
  }

  /** The table mappings as far as they are read. */
  public Mappings mappings() {
    return mappings.current();
  }

  /**
   * The table mappings with everything that was published before this moment. The first caller with
   * a moment waits for them, so that many tables of one poll wait once.
   *
   * @param nanos of {@link System#nanoTime}, not in the future
   * @throws TransientFault when they can't be read now
   */
  public Mappings mappingsSince(long nanos) {
    OptionalLong caughtUp = mappingsCaughtUp;
    if (caughtUp.isEmpty() || caughtUp.getAsLong() - nanos < 0) {
      long begin = System.nanoTime();
      catchUp("mappings", mappingsTopic);
      mappingsCaughtUp = OptionalLong.of(begin);
    }
    return mappings.current();
  }

  /** Empty when everything is read and followed, else why not. */
  public Optional<String> problem() {
    return problem("schemas", schemasTopic)
        .or(() -> problem("mappings", mappingsTopic))
        .or(() -> problem("connectors", connectorsTopic))
        .or(() -> problem("resets", resetsTopic))
        .or(() -> problem("replays", replaysTopic));
  }

  private static Optional<String> problem(String what, @Nullable CompactedTopic topic) {
    if (topic == null) {
      return Optional.of("The " + what + " topic is not read yet: Kafka has not answered so far");
    }
    RuntimeException failure = topic.failure();
    if (failure != null) {
      return Optional.of(
          "Reading the " + what + " topic ended: " + failure + ". Restart the service");
    }
    return topic.isLoaded()
        ? Optional.empty()
        : Optional.of("The " + what + " topic is still being read");
  }

  /**
   * The schema that a record names. It is published no later than the record, so when it is not
   * here yet, it only has to be read.
   */
  public TableSchema schema(String topic, long id) {
    return schemas
        .find(topic, id)
        .or(
            () -> {
              catchUp("schemas", schemasTopic);
              return schemas.find(topic, id);
            })
        .orElseThrow(
            () ->
                new TransientFault(
                    Reach.TABLE,
                    "Schema %d of topic %s is not in the schemas topic. It comes when capture-service publishes it"
                        .formatted(id, topic)));
  }

  private static void catchUp(String what, @Nullable CompactedTopic topic) {
    if (topic == null) {
      throw new TransientFault(Reach.TABLE, "The " + what + " topic is not read yet");
    }
    try {
      topic.awaitCaughtUp(CATCH_UP_LIMIT);
    } catch (TimeoutException | IllegalStateException e) {
      throw new TransientFault(
          Reach.TABLE, "The " + what + " topic can't be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFault(Reach.TABLE, "Interrupted while reading " + what, e);
    }
  }

  private @Nullable CompactedTopic[] topics() {
    return new CompactedTopic[] {
      schemasTopic, mappingsTopic, connectorsTopic, resetsTopic, replaysTopic
    };
  }

  @Override
  public void close() {
    for (@Nullable CompactedTopic topic : topics()) {
      if (topic != null) {
        topic.close();
      }
    }
  }
}
