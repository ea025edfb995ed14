package dev.lockstep.admin.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class PreflightSettingsTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(PreflightSettings.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void anAnswerIsWaitedForTwentySeconds() {
    runner.run(
        context ->
            assertThat(context.getBean(PreflightSettings.class).timeout())
                .isEqualTo(Duration.ofSeconds(20)));
  }

  @Test
  void theLimitCanBeSet() {
    runner
        .withPropertyValues("lockstep.admin.preflight.timeout=45s")
        .run(
            context ->
                assertThat(context.getBean(PreflightSettings.class).timeout())
                    .isEqualTo(Duration.ofSeconds(45)));
  }

  @Test
  void aLimitOutOfBoundsFailsTheStartWithTheRule() {
    runner
        .withPropertyValues("lockstep.admin.preflight.timeout=1h")
        .run(
            context ->
                assertThat(context)
                    .hasFailed()
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("lockstep.admin.preflight.timeout must be at most 5m"));
  }
}
