package dev.lockstep.capture.health;

import dev.lockstep.capture.connectors.CaptureLifecycle;
import dev.lockstep.common.kafka.KafkaReachability;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready when Kafka answers, the control topics are read, and the assignment is there. */
@Component("capture")
class CaptureReadiness implements HealthIndicator {
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(2);

  private final Admin admin;
  private final CaptureLifecycle lifecycle;

  CaptureReadiness(Admin admin, CaptureLifecycle lifecycle) {
    this.admin = admin;
    this.lifecycle = lifecycle;
  }

  @Override
  public Health health() {
    return KafkaReachability.problem(admin, KAFKA_LIMIT)
        .or(lifecycle::problem)
        .map(problem -> Health.outOfService().withDetail("problem", problem).build())
        .orElseGet(() -> Health.up().build());
  }
}
