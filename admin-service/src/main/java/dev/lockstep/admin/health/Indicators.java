package dev.lockstep.admin.health;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health as a question for what is wrong. */
public final class Indicators {
  private Indicators() {}

  /** Down with the reason as long as there is one. */
  public static HealthIndicator downWhile(Supplier<Optional<String>> problem) {
    return () ->
        problem
            .get()
            .map(reason -> Health.down().withDetail("reason", reason).build())
            .orElseGet(() -> Health.up().build());
  }
}
