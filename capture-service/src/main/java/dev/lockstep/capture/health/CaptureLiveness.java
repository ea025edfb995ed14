package dev.lockstep.capture.health;

import dev.lockstep.capture.connectors.CaptureLifecycle;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when the thread that looks after the connectors is dead: only a restart helps. */
@Component("captureThread")
class CaptureLiveness implements HealthIndicator {
  private final CaptureLifecycle lifecycle;

  CaptureLiveness(CaptureLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public Health health() {
    return lifecycle.isDead()
        ? Health.down().withDetail("problem", lifecycle.problem().orElse("")).build()
        : Health.up().build();
  }
}
