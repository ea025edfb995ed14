package dev.lockstep.capture.health;

import dev.lockstep.capture.connectors.CaptureLifecycle;
import dev.lockstep.capture.connectors.ConnectorReports;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.kafka.KafkaReachability;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready when Kafka answers, the control topics are read, and every connector of this replica runs
 * or rightly rests.
 */
@Component("capture")
class CaptureReadiness implements HealthIndicator {
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(2);

  private final Admin admin;
  private final CaptureLifecycle lifecycle;
  private final ConnectorReports reports;

  CaptureReadiness(Admin admin, CaptureLifecycle lifecycle, ConnectorReports reports) {
    this.admin = admin;
    this.lifecycle = lifecycle;
    this.reports = reports;
  }

  @Override
  public Health health() {
    Optional<String> problem = KafkaReachability.problem(admin, KAFKA_LIMIT).or(lifecycle::problem);
    if (problem.isPresent()) {
      return Health.outOfService().withDetail("problem", problem.get()).build();
    }
    var health = Health.up();
    for (ConnectorStatus status : reports.current().values()) {
      health.withDetail(status.connector(), describe(status));
      if (!isWell(status)) {
        health.outOfService();
      }
    }
    return health.build();
  }

  private static String describe(ConnectorStatus status) {
    return status.reason() == null
        ? status.state().name()
        : status.state() + ": " + status.reason();
  }

  private static boolean isWell(ConnectorStatus status) {
    return switch (status.state()) {
      case RUNNING, PAUSED, STOPPED -> true;
      case STARTING, RETRYING, FAILED -> false;
    };
  }
}
