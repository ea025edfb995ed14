package dev.lockstep.common.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Asks Kafka whether it is there. */
public final class KafkaReachability {
  private KafkaReachability() {}

  /** Empty when a broker answered within the limit, else why none did. */
  public static Optional<String> problem(Admin admin, Duration limit) {
    int limitMillis = Math.toIntExact(limit.toMillis());
    try {
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(limitMillis))
          .clusterId()
          .get(limitMillis, TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of("Kafka did not answer within " + limitMillis + " ms");
    } catch (ExecutionException e) {
      return Optional.of("Kafka can't be reached: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("Interrupted while asking Kafka");
    }
  }
}
