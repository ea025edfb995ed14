package dev.lockstep.apply.health;

import dev.lockstep.apply.intake.Halts;
import dev.lockstep.apply.intake.Halts.Halt;
import dev.lockstep.common.control.TablePartitionStatus.State;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * DEGRADED while a table of this replica waits for a fault to pass, or for an operator.
 *
 * @param halts the tables that wait
 */
public record TablesIndicator(Halts halts) implements HealthIndicator {
  /** Some tables are not kept in step; the service works. */
  public static final Status DEGRADED = new Status("DEGRADED");

  private static final int MOST_REASONS = 20;

  @Override
  public Health health() {
    Map<String, Halt> byTopic = new TreeMap<>();
    for (Map.Entry<TopicPartition, Halt> halt : halts.all().entrySet()) {
      byTopic.merge(halt.getKey().topic(), halt.getValue(), TablesIndicator::worse);
    }
    if (byTopic.isEmpty()) {
      return Health.up().build();
    }
    Map<String, String> reasons = new TreeMap<>();
    byTopic.entrySet().stream()
        .limit(MOST_REASONS)
        .forEach(halt -> reasons.put(halt.getKey(), halt.getValue().reason()));
    return Health.status(DEGRADED)
        .withDetail("retrying", count(byTopic, State.RETRYING))
        .withDetail("failed", count(byTopic, State.FAILED))
        .withDetail("reasons", reasons)
        .build();
  }

  private static Halt worse(Halt one, Halt other) {
    return one.state() == State.FAILED ? one : other;
  }

  private static long count(Map<String, Halt> byTopic, State state) {
    return byTopic.values().stream().filter(halt -> halt.state() == state).count();
  }
}
