package dev.lockstep.stack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("main-job")
class HealthTest {
  @Test
  void theReasonIsWhatIsNotUpOnOneLine() {
    String body =
        """
        {"components": {
          "capture": {"status": "UP"},
          "connectors": {"status": "OUT_OF_SERVICE", "details": {"inventory": "FAILED: denied\\n at once"}}
        }, "status": "OUT_OF_SERVICE"}""";

    assertThat(Health.reason(body)).isEqualTo("connectors: inventory FAILED: denied at once");
  }

  @Test
  void anAnswerOfAnotherProgramIsShownAsItIs() {
    assertThat(Health.reason("<h1>Busy</h1>\n")).isEqualTo("<h1>Busy</h1>");
    assertThat(Health.reason("{\"status\": \"DOWN\"}")).isEqualTo("{\"status\": \"DOWN\"}");
  }
}
