package dev.lockstep.capture.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@Tag("capture")
class CaptureSettingsTest {
  @Test
  void aReplicaIsTakenForDeadAfterTenSecondsByDefault() {
    assertThat(bound(Map.of()).sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theTimeoutIsTakenAsSet() {
    CaptureSettings settings = bound(Map.of("lockstep.capture.session-timeout", "45s"));
    assertThat(settings.sessionTimeoutMillis()).isEqualTo(45_000);
    assertThat(settings.heartbeatMillis()).isEqualTo(1_000);
  }

  @Test
  void whatBrokersRefuseIsRefusedByName() {
    assertThatThrownBy(() -> bound(Map.of("lockstep.capture.session-timeout", "2s")))
        .rootCause()
        .hasMessageContaining("lockstep.capture.session-timeout must be from 6s to 5m");
  }

  private static CaptureSettings bound(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("lockstep.capture", CaptureSettings.class);
  }
}
