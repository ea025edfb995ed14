package dev.lockstep.stack.local;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.process.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("main-job")
class GuardTest {
  /** Stands for a test run: starts a server, says which, and waits to be killed. */
  static final class Run {
    public static void main(String[] args) throws InterruptedException {
      ClickHouseServer server =
          new LocalServers().clickHouse(Placement.in(Path.of(args[0])).asTemporary()).orElseThrow();
      server.start();
      System.out.println(server.pid().orElseThrow());
      Thread.currentThread().join();
    }
  }

  @Test
  @Timeout(120)
  void aKilledTestRunLeavesNoServerAndNoDataBehind(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("clickhouse");
    Process run =
        new ProcessBuilder(
                Programs.java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = run.inputReader()) {
      long pid =
          Long.parseLong(
              Objects.requireNonNull(out.readLine(), "the run ended before its server was up"));
      ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
      assertThat(server.isAlive()).isTrue();

      run.destroyForcibly();

      eventually("the server to be gone", Duration.ofSeconds(10), () -> !server.isAlive());
      eventually("its data to be gone", Duration.ofSeconds(10), () -> !Files.exists(data));
    } finally {
      run.destroyForcibly();
    }
  }
}
