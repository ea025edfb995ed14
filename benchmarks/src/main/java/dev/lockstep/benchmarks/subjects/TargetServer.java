package dev.lockstep.benchmarks.subjects;

import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.StackServers;
import dev.lockstep.stack.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An empty ClickHouse for one round; it ends, and its data goes, with it. */
public final class TargetServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final ClickHouseServer server;

  private TargetServer(Path folder, ClickHouseServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts it; the folder begins empty. */
  public static TargetServer start(Path folder) throws IOException {
    Folders.delete(folder);
    StackServers stack = StackServers.withoutContainers(Map.of());
    var target = new TargetServer(folder, stack.clickHouse(Placement.in(folder)));
    target.server.start();
    return target;
  }

  /** Of its HTTP interface. */
  public String url() {
    return server.httpUrl();
  }

  String user() {
    return server.user();
  }

  String password() {
    return server.password();
  }

  /**
   * Runs a statement over a connection that stays open; rows come as TSV.
   *
   * @throws IllegalStateException when ClickHouse refuses it, with what it says
   */
  public String query(String sql) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/?wait_end_of_query=1"))
            .timeout(LIMIT)
            .header("X-ClickHouse-User", user())
            .header("X-ClickHouse-Key", password())
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "ClickHouse refused '%s': %s".formatted(sql, response.body()));
      }
      return response.body().strip();
    } catch (IOException e) {
      throw new UncheckedIOException("ClickHouse does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while ClickHouse was working", e);
    }
  }

  /**
   * Makes sure that it still runs.
   *
   * @throws IllegalStateException when it has ended
   */
  public void verifyAlive() {
    if (!server.isRunning()) {
      throw new IllegalStateException("ClickHouse has ended by itself");
    }
  }

  /** What its process has used since it began. */
  public ProcessUsage usage() throws IOException {
    return ProcessUsage.of(
        server.pid().orElseThrow(() -> new IOException("ClickHouse has ended by itself")));
  }

  @Override
  public void close() throws IOException {
    http.close();
    server.kill();
    Folders.delete(folder);
  }
}
