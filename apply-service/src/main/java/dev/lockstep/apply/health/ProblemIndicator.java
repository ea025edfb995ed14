package dev.lockstep.apply.health;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up unless there is a problem, which it tells.
 *
 * @param problem empty when all is well
 */
public record ProblemIndicator(Supplier<Optional<String>> problem) implements HealthIndicator {
  @Override
  public Health health() {
    return problem
        .get()
        .map(reason -> Health.down().withDetail("reason", reason).build())
        .orElseGet(() -> Health.up().build());
  }
}
