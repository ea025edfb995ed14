package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.snapshots.SnapshotRequests;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.StatusKeys;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
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
  void theEndOfTheAssignmentEndsItsConnectorsForAnotherReplicaToRun(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (var suite = new CaptureSuite(kafka, "suite-ended");
        var other = new CaptureSuite(kafka, "suite-ended", "test:2")) {
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "ended", "ended");
      suite.put("ended", config, DesiredState.RUNNING);
      suite.awaitState("ended", State.RUNNING);
      // Two keys with one name, which the assignment has no answer to.
      String connectors = suite.settings.topics().connectors();
      var twin = new ConnectorSpec("ended", config, DesiredState.RUNNING, 7);
      suite.write(connectors, "twin", ControlCodec.encode(twin));
      eventually("liveness to be down", CaptureSuite.LIMIT, suite::isDead);
      assertThat(suite.problem()).startsWith("The assignment of connectors ended: ");
      eventually(
          "the connector's thread to have ended",
          CaptureSuite.LIMIT,
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().equals("connector-ended")));
      suite.delete("twin");
      other.start();
      eventually(
          "the other replica to run it",
          CaptureSuite.LIMIT,
          () -> {
            var status = other.reported().get("ended");
            return status.state() == State.RUNNING && status.owner().equals("test:2");
          });
    }
  }

  @Test
  void anErrorEndsTheReadingOfATopicWithItsCause(KafkaServer kafka) throws Exception {
    try (var suite = new CaptureSuite(kafka, "suite-error")) {
      suite.start();
      suite.write(suite.settings.topics().commands(), "c", UNREADABLE);
      try (var topic =
          new CompactedTopic(
              suite.settings,
              suite.settings.topics().commands(),
              (_, _) -> {
                throw new AssertionError("made up");
              })) {
        eventually("an end with its cause", CaptureSuite.LIMIT, () -> topic.failure() != null);
        assertThat(topic.failure()).hasMessageContaining("made up");
        assertThat(topic.isLoaded()).isFalse();
      }
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
