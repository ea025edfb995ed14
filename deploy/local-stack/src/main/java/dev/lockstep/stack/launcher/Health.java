package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the services over HTTP. */
final class Health implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** Returns when the service is ready; else throws what it says. */
  void requireReady(int port) throws IOException {
    HttpResponse<String> response =
        get("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
    if (response.statusCode() != 200) {
      throw new IOException(
          "not ready, HTTP %d: %s".formatted(response.statusCode(), response.body().strip()));
    }
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
