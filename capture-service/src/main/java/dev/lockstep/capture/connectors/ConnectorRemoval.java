package dev.lockstep.capture.connectors;

import dev.lockstep.capture.publish.Erasure;
import dev.lockstep.capture.publish.PublishException;
import dev.lockstep.capture.snapshots.SnapshotReports;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.Removal;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.TableSchema;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Removes what a deleted connector leaves behind. Each step can be repeated, and what tells the
 * later ones what to do is erased last: whoever begins again after a crash finishes it.
 */
final class ConnectorRemoval {
  private final KafkaSettings settings;
  private final Admin admin;
  private final CommittedState committed;
  private final ConnectorReports reports;
  private final SnapshotReports snapshots;
  private final Duration limit;

  ConnectorRemoval(
      KafkaSettings settings,
      Admin admin,
      CommittedState committed,
      ConnectorReports reports,
      SnapshotReports snapshots,
      Duration limit) {
    this.settings = settings;
    this.admin = admin;
    this.committed = committed;
    this.reports = reports;
    this.snapshots = snapshots;
    this.limit = limit;
  }

  /**
   * Returns when all of the spec's removals are done.
   *
   * @throws PublishException when Kafka did not do it, or not in time
   */
  void remove(ConnectorSpec spec) throws InterruptedException {
    try (var erasure = new Erasure(spec.name(), settings)) {
      committed.awaitEverythingWritten(TakeOver.COMMITTED_LIMIT);
      Map<String, TableSchema> schemas = committed.schemas(spec.name());
      if (spec.removals().contains(Removal.TOPICS)) {
        removeTables(deleteTopics(dataTopics(spec, schemas.values())));
      }
      if (spec.removals().contains(Removal.SCHEMA_HISTORY)) {
        var _ = deleteTopics(Set.of(settings.topics().schemaHistory(spec)));
      }
      erasure.erase(
          spec.removals().contains(Removal.OFFSET),
          spec.removals().contains(Removal.TOPICS) ? schemas.keySet() : List.of());
      if (spec.removals().contains(Removal.OFFSET)) {
        // Not sooner: a replica that was fenced meanwhile must not erase what its successor noted.
        snapshots.eraseCaptured(spec.name(), limit);
      }
    } catch (TimeoutException e) {
      throw new PublishException("Kafka did not answer in time: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new PublishException(refusal(e.getCause() == null ? e : e.getCause()), e);
    }
  }

  private static String refusal(Throwable cause) {
    return cause instanceof TopicDeletionDisabledException
        ? "The brokers don't delete topics: set delete.topic.enable=true there, or delete the"
            + " connector without remove, which keeps its topics"
        : "Kafka did not remove what the connector left: " + cause;
  }

  /** Where its rows are, and what Debezium writes beside them; a topic of others too is kept. */
  private Set<String> dataTopics(ConnectorSpec spec, Collection<TableSchema> schemas) {
    Set<String> topics = schemas.stream().map(TableSchema::topic).collect(Collectors.toSet());
    String prefix = spec.config().get("topic.prefix");
    if (prefix != null) {
      topics.add(prefix);
      topics.add(
          spec.config().getOrDefault("topic.heartbeat.prefix", "__debezium-heartbeat")
              + "."
              + prefix);
      topics.add(prefix + "." + spec.config().getOrDefault("topic.transaction", "transaction"));
    }
    topics.removeAll(committed.topicsOfOthers(spec.name()));
    return topics;
  }

  /**
   * By id and not by name: a replica that was frozen in the middle of this and comes back must not
   * delete a topic that was made anew meanwhile.
   */
  private Collection<TopicDescription> deleteTopics(Set<String> names)
      throws InterruptedException, TimeoutException, ExecutionException {
    Set<TopicDescription> found = new HashSet<>();
    for (KafkaFuture<TopicDescription> topic :
        admin.describeTopics(names).topicNameValues().values()) {
      try {
        found.add(await(topic));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    var ids = TopicCollection.ofTopicIds(found.stream().map(TopicDescription::topicId).toList());
    for (KafkaFuture<Void> deleted : admin.deleteTopics(ids).topicIdValues().values()) {
      try {
        await(deleted);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicIdException)) {
          throw e;
        }
      }
    }
    return found;
  }

  private void removeTables(Collection<TopicDescription> topics) {
    for (TopicDescription topic : topics) {
      topic
          .partitions()
          .forEach(
              partition ->
                  reports.erase(
                      TablePartitionStatus.recordKey(topic.name(), partition.partition())));
    }
  }

  private <T> T await(KafkaFuture<T> answer)
      throws InterruptedException, TimeoutException, ExecutionException {
    return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
