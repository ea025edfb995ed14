package dev.lockstep.stack.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("main-job")
class PortCheckTest {
  @Test
  void aPortInUseIsNamedWithTheProcessThatHasIt() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(socket.getLocalPort());
      Settings settings = Settings.of(Path.of("."), Map.of("LOCKSTEP_PORT_MYSQL", port));

      assertThatThrownBy(() -> PortCheck.require(settings, List.of(Part.MYSQL)))
          .hasMessageContaining("port " + port + " (MySQL)")
          .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining("LOCKSTEP_PORT_MYSQL");
    }
  }
}
