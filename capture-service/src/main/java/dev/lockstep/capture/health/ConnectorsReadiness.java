package dev.lockstep.capture.health;

import dev.lockstep.capture.connectors.ConnectorReports;
import dev.lockstep.common.control.ConnectorStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready when every connector of this replica runs or rightly rests. */
@Component("connectors")
class ConnectorsReadiness implements HealthIndicator {
  private final ConnectorReports reports;

  ConnectorsReadiness(ConnectorReports reports) {
    this.reports = reports;
  }

  @Override
  public Health health() {
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
      case RUNNING, PAUSED, STOPPED, DELETING, DELETED -> true;
      case STARTING, RETRYING, FAILED -> false;
    };
  }
}
