package dev.lockstep.system.suite;

import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls admin-service as curl would. */
public final class ConnectApi {
  private final String base;

  ConnectApi(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /** Any call with a JSON body, or without one when it is empty. */
  public HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  /** Posts a connector to {@code /connectors/}, with the slash that the tutorials write. */
  public HttpResponse<String> post(String name, Map<String, String> config)
      throws IOException, InterruptedException {
    return call(
        "POST",
        "/connectors/",
        JsonMapper.shared().writeValueAsString(Map.of("name", name, "config", config)));
  }

  /** The JSON of a GET. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(call("GET", path, "").body());
  }

  /** Waits until Connect's status of a connector is this. */
  public void awaitState(String name, String state) {
    Eventually.eventually(
        "connector " + name + " to be " + state,
        Duration.ofSeconds(60),
        () -> get("/connectors/" + name + "/status").path("connector").path("state").asString(""),
        state);
  }

  /** The config of Debezium's MySQL tutorial, for this source, which may be a MariaDB. */
  public static Map<String, String> tutorial(
      MySqlServer mysql, String topicPrefix, String database) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put(
        "connector.class",
        mysql instanceof MariaDbServer
            ? "io.debezium.connector.mariadb.MariaDbConnector"
            : "io.debezium.connector.mysql.MySqlConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", mysql.host());
    config.put("database.port", String.valueOf(mysql.port()));
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put(
        "database.server.id",
        String.valueOf(200_000 + Math.floorMod(topicPrefix.hashCode(), 100_000)));
    config.put("topic.prefix", topicPrefix);
    config.put("database.include.list", database);
    config.put("schema.history.internal.kafka.bootstrap.servers", "kafka:9092");
    config.put("schema.history.internal.kafka.topic", "schemahistory." + topicPrefix);
    return config;
  }
}
