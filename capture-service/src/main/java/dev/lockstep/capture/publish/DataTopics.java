package dev.lockstep.capture.publish;

import dev.lockstep.capture.transforms.Outgoing;
import dev.lockstep.capture.transforms.TransformException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes a connector's topics before their first record. Not thread-safe: one engine owns one. */
public final class DataTopics {
  private final Admin admin;
  private final TopicCreation creation;
  private final Duration limit;
  private final Set<String> existing = new HashSet<>();

  /** How many a topic had at least when it was made or looked at; -1 for the broker's default. */
  private final Map<String, Integer> partitions = new HashMap<>();

  /** For one connector; the limit is how long Kafka may take to make topics. */
  public DataTopics(Admin admin, TopicCreation creation, Duration limit) {
    this.admin = admin;
    this.creation = creation;
    this.limit = limit;
  }

  /**
   * Returns when all of these exist.
   *
   * @throws PublishException when Kafka does not make them
   */
  void ensure(Set<String> topics) throws InterruptedException {
    if (existing.containsAll(topics)) {
      return;
    }
    List<String> missing = topics.stream().filter(topic -> !existing.contains(topic)).toList();
    int limitMillis = Math.toIntExact(limit.toMillis());
    var made =
        admin
            .createTopics(
                missing.stream().map(creation::topic).toList(),
                new CreateTopicsOptions().timeoutMs(limitMillis))
            .values();
    for (var topic : made.entrySet()) {
      try {
        topic.getValue().get(limitMillis, TimeUnit.MILLISECONDS);
        partitions.put(topic.getKey(), creation.topic(topic.getKey()).numPartitions());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new PublishException(
              "Can't create topic " + topic.getKey() + ": " + e.getCause() + remedy(e), e);
        }
      } catch (TimeoutException e) {
        throw new PublishException(
            "Kafka did not create topic " + topic.getKey() + " within " + limitMillis + " ms", e);
      }
      existing.add(topic.getKey());
    }
  }

  /**
   * Returns when each record's partition, where transforms chose one, is known to be one of its
   * topic.
   *
   * @throws TransformException when one is not: it would be refused at each attempt
   * @throws PublishException when Kafka does not tell its partitions
   */
  void requirePartitions(List<Outgoing> outgoing) throws InterruptedException {
    for (Outgoing each : outgoing) {
      Integer partition = each.item().kafkaPartition();
      // Every topic has the first; Debezium itself chooses it for its schema changes.
      if (partition != null && partition != 0) {
        requirePartition(each.item().topic(), partition);
      }
    }
  }

  private void requirePartition(String topic, int partition) throws InterruptedException {
    if (partition >= 0 && partition < partitions.getOrDefault(topic, 0)) {
      return;
    }
    int count = countPartitions(topic);
    partitions.put(topic, count);
    if (partition < 0 || partition >= count) {
      throw new TransformException(
          "A transform failed on a record for "
              + topic
              + ": it chooses partition "
              + partition
              + ", and the topic has "
              + count
              + ", counted from 0");
    }
  }

  private int countPartitions(String topic) throws InterruptedException {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS)
          .values()
          .stream()
          .mapToInt(found -> found.partitions().size())
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new PublishException("Kafka does not tell the partitions of " + topic + ": " + e, e);
    }
  }

  private static String remedy(ExecutionException refused) {
    return refused.getCause() instanceof InvalidTopicException
        ? ". Where its name collides with another's, capture one of the two tables by a connector of"
            + " its own with another topic.prefix, and take it out here with table.exclude.list"
        : "";
  }
}
