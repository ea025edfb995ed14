package dev.lockstep.system.suite;

import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.Lifetime;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.process.LogTail;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.stack.process.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One service, started from its jar as an operator would; it ends with this JVM. */
public final class ServiceProcess {
  /** How long a service may take to start; longer on a slow machine. */
  private static final Duration READY_LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 90));

  private final String name;
  private final Path log;
  private final int port = Ports.free();
  private final Map<String, String> environment;
  private final List<String> flags = new ArrayList<>();
  private @Nullable Path unpacked;
  private @Nullable ServerProcess process;

  ServiceProcess(String name, Path folder, Map<String, String> environment) {
    this(name, name, folder, environment);
  }

  /** The label tells replicas of one service apart, in their logs' names. */
  ServiceProcess(String name, String label, Path folder, Map<String, String> environment) {
    this.name = name;
    this.log = folder.resolve(label + ".log");
    this.environment = new HashMap<>(environment);
    this.environment.put("SERVER_PORT", String.valueOf(port));
  }

  /** A capture-service by itself, against this Kafka. */
  public static ServiceProcess capture(Path folder, KafkaSettings kafka) {
    return new ServiceProcess(
        "capture",
        folder,
        Map.of(
            "LOCKSTEP_KAFKA_BOOTSTRAP_SERVERS",
            kafka.bootstrapServers(),
            "LOCKSTEP_KAFKA_TOPIC_PREFIX",
            kafka.topicPrefix()));
  }

  /** Further flags for its JVM, from its next start on. */
  public void withFlags(String... more) {
    flags.addAll(List.of(more));
  }

  /**
   * Has its jar unpacked by Spring Boot's own tool, to start from a plain class path from now on:
   * much faster in a debugger.
   */
  public void unpack(Path folder) throws IOException, InterruptedException {
    String packed = jar();
    List<String> command =
        List.of(
            Programs.java().toString(),
            "-Djarmode=tools",
            "-jar",
            packed,
            "extract",
            "--destination",
            folder.toString());
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("Unpacking of " + packed + " ended with " + exit);
    }
    unpacked = folder.resolve(Path.of(packed).getFileName());
  }

  /** Starts it; returns at once. Flags given here are for this start only. */
  public void start(String... once) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.java().toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=4"));
    command.addAll(flags);
    command.addAll(List.of(once));
    command.addAll(List.of("-jar", unpacked == null ? jar() : unpacked.toString()));
    process =
        ServerProcess.start(command, environment, log, Lifetime.WITH_THIS_JVM, Optional.empty());
  }

  /** The jar that this build made, which the module's dependencies name. */
  private String jar() {
    String file = "lockstep-" + name + "-service";
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar") && entry.contains(file))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    file + " is not packaged: run the tests with 'mvn verify'"));
  }

  /** Waits until its readiness probe says yes. */
  public void awaitReady() {
    try {
      Eventually.eventually(
          name + "-service to be ready", READY_LIMIT, () -> probe("readiness").statusCode(), 200);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + LogTail.of(log), e);
    }
  }

  /** What a health probe answers: {@code liveness} or {@code readiness}. */
  public HttpResponse<String> probe(String group) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health/" + group);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /**
   * Whether a capture-service runs one of its connectors at this moment, by its own account: one
   * that is starting or gone runs none.
   */
  public boolean runsAConnector() throws InterruptedException {
    try {
      JsonNode connectors =
          JsonMapper.shared()
              .readTree(probe("readiness").body())
              .path("components")
              .path("connectors")
              .path("details");
      return connectors.valueStream().anyMatch(state -> state.asString("").equals("RUNNING"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it with {@code kill -9}. */
  public void kill() {
    ServerProcess running = process;
    if (running != null) {
      running.kill();
    }
  }

  /** Freezes it with SIGSTOP: it holds what it has and does nothing. */
  public void suspend() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on after {@link #suspend}. */
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** Asks it to end in order, and does not wait. */
  public void requestStop() throws IOException, InterruptedException {
    signal("-TERM");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = String.valueOf(Objects.requireNonNull(process, name + " was not started").pid());
    int exit = new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("kill " + signal + " of " + name + " ended with " + exit);
    }
  }

  /** Ends it in order. */
  public void stop() {
    ServerProcess running = process;
    if (running != null && running.isAlive()) {
      running.terminate(Duration.ofSeconds(40));
    }
  }

  /** Where its HTTP listens. */
  public int port() {
    return port;
  }

  /** What it wrote. */
  public Path log() throws IOException {
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    return log;
  }

  /** Resident memory in bytes. */
  public long residentBytes() throws IOException {
    ServerProcess running = process;
    if (running == null) {
      return 0;
    }
    return Files.readAllLines(Path.of("/proc/" + running.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0L);
  }
}
