package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the services over HTTP. */
final class Health implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** Returns when the service is ready, its connectors too; else throws what it says. */
  void requireReady(int port) throws IOException {
    require(port, "readiness");
  }

  /** Returns when the service has started, however its connectors are; else throws what it says. */
  void requireStarted(Part service, int port) throws IOException {
    require(port, service == Part.CAPTURE ? "service" : "readiness");
  }

  private void require(int port, String group) throws IOException {
    HttpResponse<String> response =
        get("http://127.0.0.1:%d/actuator/health/%s".formatted(port, group));
    if (response.statusCode() != 200) {
      throw new IOException(
          "HTTP %d, %s".formatted(response.statusCode(), reason(response.body())));
    }
  }

  /** What is not up, with its details, on one line. */
  static String reason(String body) {
    try {
      String reason =
          JsonMapper.shared().readTree(body).path("components").properties().stream()
              .filter(component -> !component.getValue().path("status").asString("").equals("UP"))
              .map(component -> component.getKey() + details(component.getValue()))
              .collect(Collectors.joining("; "));
      return (reason.isEmpty() ? body : reason).strip().replaceAll("\\s*\\R\\s*", " ");
    } catch (JacksonException e) {
      // another program may hold the port
      return body.strip();
    }
  }

  private static String details(JsonNode component) {
    return component.path("details").properties().stream()
        .map(detail -> detail.getKey() + " " + detail.getValue().asString(""))
        .collect(Collectors.joining(", ", ": ", ""));
  }

  HttpResponse<String> get(String url) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build());
  }

  HttpResponse<String> post(String url, String json) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while asking " + request.uri(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
