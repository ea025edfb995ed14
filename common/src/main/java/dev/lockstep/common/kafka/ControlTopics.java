package dev.lockstep.common.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the control topics; every service does so at its start, and the first one wins. */
public final class ControlTopics {
  /**
   * Partitions of the connectors topic. Replicas of capture-service share connectors by sharing
   * these, so this is the most replicas that can have work.
   */
  public static final int CONNECTOR_PARTITIONS = 24;

  private static final Map<String, String> COMPACTED =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_BYTES_CONFIG,
          String.valueOf(16 * 1024 * 1024),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.2",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          String.valueOf(8 * 1024 * 1024));
  private static final Map<String, String> KEPT =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          String.valueOf(24 * 1024 * 1024));
  private static final Map<String, String> SHORT_LIVED =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          String.valueOf(Duration.ofMinutes(10).toMillis()));

  private ControlTopics() {}

  /**
   * Creates those that don't exist yet; returns when all exist.
   *
   * @throws TimeoutException when Kafka did not answer within the limit
   * @throws ExecutionException when Kafka refused, with its reason as cause
   */
  public static void ensure(Admin admin, KafkaSettings settings, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    int limitMillis = Math.toIntExact(limit.toMillis());
    var options = new CreateTopicsOptions().timeoutMs(limitMillis).retryOnQuotaViolation(true);
    for (var created : admin.createTopics(topics(settings), options).values().values()) {
      try {
        created.get(limitMillis, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private static List<NewTopic> topics(KafkaSettings settings) {
    TopicNames names = settings.topics();
    short replication = settings.replicationFactor();
    return List.of(
        new NewTopic(names.connectors(), CONNECTOR_PARTITIONS, replication).configs(COMPACTED),
        new NewTopic(names.mappings(), 1, replication).configs(COMPACTED),
        new NewTopic(names.schemas(), 1, replication).configs(COMPACTED),
        new NewTopic(names.resets(), 1, replication).configs(COMPACTED),
        new NewTopic(names.offsets(), 1, replication).configs(COMPACTED),
        new NewTopic(names.status(), 1, replication).configs(COMPACTED),
        new NewTopic(names.replays(), 1, replication).configs(COMPACTED),
        new NewTopic(names.commands(), 1, replication).configs(KEPT),
        new NewTopic(names.deadLetters(), 1, replication).configs(KEPT),
        new NewTopic(names.captureRequests(), 1, replication).configs(SHORT_LIVED),
        new NewTopic(names.adminReplies(), 1, replication).configs(SHORT_LIVED));
  }
}
