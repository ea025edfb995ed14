package dev.lockstep.capture.publish;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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

  private static String remedy(ExecutionException refused) {
    return refused.getCause() instanceof InvalidTopicException
        ? ". Where its name collides with another's, capture one of the two tables by a connector of"
            + " its own with another topic.prefix, and take it out here with table.exclude.list"
        : "";
  }
}
