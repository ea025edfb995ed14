package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.snapshots.SnapshotRequests;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.StatusKeys;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of capture-service when one of its threads has ended or could end. */
@Tag("capture")
@ExtendWith(Servers.class)
class DeadPartsTest {
  private static final byte[] UNREADABLE = "{\"id\": 1".getBytes(UTF_8);

  @Test
  void aReportThatCanNotBeReadIsPassedOver(KafkaServer kafka) throws Exception {
    try (var suite = new CaptureSuite(kafka, "suite-unreadable")) {
      suite.start();
      suite.stop();
      String status = suite.settings.topics().status();
      suite.write(status, StatusKeys.SNAPSHOT + "c/1", UNREADABLE);
      suite.write(status, StatusKeys.SNAPSHOT + "c/2", "{}".getBytes(UTF_8));
      suite.write(status, StatusKeys.CAPTURED + "c", UNREADABLE);
      try (var requests = new SnapshotRequests(suite.settings)) {
        requests.awaitCaughtUp(CaptureSuite.LIMIT);
        assertThat(requests.failure()).isNull();
        assertThat(requests.isLoaded()).isTrue();
      }
    }
  }

  @Test
  void livenessTellsThatACommittedOffsetCanNotBeRead(KafkaServer kafka) throws Exception {
    try (var suite = new CaptureSuite(kafka, "suite-no-offset")) {
      suite.start();
      assertThat(suite.isDead()).isFalse();
      suite.write(suite.settings.topics().offsets(), "c", UNREADABLE);
      eventually("liveness to be down", CaptureSuite.LIMIT, suite::isDead);
      assertThat(suite.problem()).startsWith("A control topic is read no more: ");
    }
  }

  @Test
  void aConnectorThatABugHasEndedRunsAgainWhenItIsChanged(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (var suite = new CaptureSuite(kafka, "suite-bug")) {
      suite.start();
      suite.bug = new AssertionError("made up");
      Map<String, String> config = CaptureSuite.config(mysql, "bug", "bug");
      suite.put("bug", config, DesiredState.RUNNING);
      assertThat(suite.awaitState("bug", State.FAILED).reason())
          .startsWith("A bug in capture-service stopped this connector: ")
          .contains("made up");
      suite.bug = null;
      suite.put("bug", config, DesiredState.RUNNING);
      suite.awaitState("bug", State.RUNNING);
    }
  }
}
