package dev.lockstep.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A ClickHouse server, with an account that may do everything. */
public interface ClickHouseServer extends Server {
  /** The address of the HTTP interface, without a path: {@code http://host:port}. */
  String httpUrl();

  String user();

  String password();

  /**
   * Runs one statement over HTTP.
   *
   * @return the answer, as TabSeparated unless the statement has a FORMAT of its own; empty for
   *     statements without rows
   * @throws StackException with the server's message when it refuses, or when it can't be reached
   */
  default String query(String sql) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(httpUrl() + "/?wait_end_of_query=1"))
            .timeout(Duration.ofSeconds(60))
            .header("X-ClickHouse-User", user())
            .header("X-ClickHouse-Key", password())
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StackException("ClickHouse refused the statement: " + response.body().strip());
      }
      return response.body();
    } catch (IOException e) {
      throw new StackException(
          "ClickHouse at %s can't be reached: %s. Is it running?"
              .formatted(httpUrl(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while ClickHouse was working", e);
    }
  }

  @Override
  default String name() {
    return "clickhouse";
  }
}
