package dev.lockstep.stack.local;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.StackException;
import dev.lockstep.stack.fetch.Distributions;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.stack.readiness.Readiness;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** ClickHouse's engine, libchdb, in a JVM of its own, made to listen as a server does. */
final class LocalClickHouse extends LocalServer implements ClickHouseServer {
  @SuppressWarnings("InlineFormatString") // the text of a file
  private static final String CONFIG =
      """
      <clickhouse>
        <http_port>%d</http_port>
        <tcp_port>%d</tcp_port>
        <listen_host>127.0.0.1</listen_host>
        <max_server_memory_usage>1500000000</max_server_memory_usage>
        <mark_cache_size>67108864</mark_cache_size>
        <logger>
          <console>1</console>
        </logger>
        %s
      </clickhouse>
      """;

  /** Opens the ports, then works at nothing for ever: the engine ends with its last statement. */
  private static final String SERVE =
      "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP;"
          + " SELECT count() FROM system.numbers WHERE sleepEachRow(1)"
          + " SETTINGS max_block_size=1, function_sleep_max_microseconds_per_block=0, max_execution_time=0"
          + " FORMAT Null";

  private final int nativePort;

  LocalClickHouse(Placement placement) {
    super(placement);
    this.nativePort = Ports.given(placement.secondPort());
  }

  @Override
  List<String> prepare() throws IOException {
    if (!Ports.isFree(nativePort)) {
      throw new StackException("%s can't start: port %d is in use".formatted(name(), nativePort));
    }
    Path library = Distributions.clickHouse();
    Path config = folder().resolve("config.xml");
    Files.writeString(config, CONFIG.formatted(port(), nativePort, more()));
    Path data = Files.createDirectories(folder().resolve("data"));
    return List.of(
        Programs.java().toString(),
        "-Xrs",
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        ownClasses().toString(),
        ClickHouseProcess.class.getName(),
        library.toString(),
        "--config-file=" + config,
        "--log-level=warning", // a level in the file's logger is not heeded
        "--path=" + data,
        "--query=" + SERVE);
  }

  /** The engine reads no {@code config.d}. */
  private String more() throws IOException {
    var more = new StringBuilder();
    for (String file : placement().flags()) {
      more.append(Files.readString(Path.of(file)));
    }
    return more.toString();
  }

  private static Path ownClasses() {
    try {
      return Path.of(
          ClickHouseProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Classes come from a file or a folder", e);
    }
  }

  @Override
  void probe() {
    Readiness.clickHouse(this);
  }

  @Override
  public String httpUrl() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public String user() {
    return "default";
  }

  @Override
  public String password() {
    return "";
  }
}
