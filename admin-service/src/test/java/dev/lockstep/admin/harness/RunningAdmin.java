package dev.lockstep.admin.harness;

import dev.lockstep.admin.AdminApplication;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.junit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on a free port, with a database in the given folder. */
public final class RunningAdmin implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private final URI base;

  private RunningAdmin(ConfigurableApplicationContext context) {
    this.context = context;
    var server = ((WebServerApplicationContext) context).getWebServer();
    if (server == null) {
      throw new IllegalStateException("No web server");
    }
    this.base = URI.create("http://localhost:" + server.getPort());
  }

  /** Starts it; returns as soon as HTTP is answered. */
  public static RunningAdmin start(KafkaSettings kafka, Path folder, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--lockstep.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--lockstep.kafka.topic-prefix=" + kafka.topicPrefix(),
                "--lockstep.admin.database.url=" + databaseUrl(folder)));
    kafka
        .properties()
        .forEach((key, value) -> arguments.add("--lockstep.kafka.properties." + key + "=" + value));
    arguments.addAll(List.of(more));
    return new RunningAdmin(
        new SpringApplicationBuilder(AdminApplication.class)
            .registerShutdownHook(false)
            .run(arguments.toArray(String[]::new)));
  }

  /** The database's JDBC URL. */
  public static String databaseUrl(Path folder) {
    return "jdbc:h2:file:" + folder.resolve("admin") + ";WRITE_DELAY=0";
  }

  /** Waits until it is ready. */
  public RunningAdmin awaitReady() {
    Eventually.eventually(
        "readiness", LIMIT, () -> get("/actuator/health/readiness").statusCode(), 200);
    return this;
  }

  /** A bean of it. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Its address. */
  public URI base() {
    return base;
  }

  /** GET. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, Map.of());
  }

  /** POST of JSON. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send("POST", path, body, Map.of("Content-Type", "application/json"));
  }

  /** PUT of JSON. */
  public HttpResponse<String> put(String path, String body)
      throws IOException, InterruptedException {
    return send("PUT", path, body, Map.of("Content-Type", "application/json"));
  }

  /** DELETE. */
  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, null, Map.of());
  }

  /** Any request. */
  public HttpResponse<String> send(
      String method, String path, @Nullable String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }
}
