package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source that takes connections and says nothing, as behind some firewalls. */
@Tag("capture")
@ExtendWith(Servers.class)
class SlowStartTest {
  /** Less than a start waits for the source's greeting. */
  private static final Duration SOON = Duration.ofSeconds(6);

  @Test
  void aPauseDoesNotWaitForASourceThatDoesNotAnswer(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var suite = new CaptureSuite(kafka, "suite-slow")) {
      silent.setSoTimeout((int) CaptureSuite.LIMIT.toMillis());
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "slow", "slow");
      config.put("database.hostname", silent.getInetAddress().getHostAddress());
      config.put("database.port", String.valueOf(silent.getLocalPort()));
      suite.put("slow", config, DesiredState.RUNNING);
      try (Socket _ = silent.accept()) {
        suite.put("slow", config, DesiredState.PAUSED);
        ConnectorStatus _ =
            eventuallySees(
                "the connector to be paused",
                SOON,
                () -> suite.reported().get("slow"),
                status -> status.state() == State.PAUSED);
      }
    }
  }
}
