package dev.lockstep.stack.launcher;

import dev.lockstep.stack.StackException;
import dev.lockstep.stack.demo.Agreement;
import dev.lockstep.stack.demo.DemoConnector;
import dev.lockstep.stack.demo.DemoDatabase;
import dev.lockstep.stack.process.LogTail;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the demo's database, has it captured, and waits until the target equals it. */
final class Demo {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Settings settings;
  private final Servers servers;
  private final String connectors;

  Demo(Settings settings, Servers servers) {
    this.settings = settings;
    this.servers = servers;
    this.connectors = "http://127.0.0.1:%d/connectors".formatted(settings.port(Port.ADMIN));
  }

  static void prepare(Servers servers) {
    try {
      new DemoDatabase(servers.mysql(), Console::progress).prepare();
    } catch (SQLException e) {
      throw new StackException("The demo's database can't be made: " + e.getMessage(), e);
    }
  }

  void sync() {
    try (Health health = new Health()) {
      post(health);
      new Agreement(servers.mysql(), servers.clickHouse(), Console::progress)
          .await(LIMIT, () -> requireHealthy(health));
    } catch (IOException e) {
      throw failed("admin-service does not answer: " + e.getMessage(), Part.ADMIN, e);
    } catch (SQLException e) {
      throw failed("MySQL can't be read: " + e.getMessage(), Part.MYSQL, e);
    } catch (Agreement.NotReached e) {
      throw new StackException(
          "%s%n%s%n%s"
              .formatted(
                  e.getMessage(),
                  LogTail.of(settings.log(Part.CAPTURE)),
                  LogTail.of(settings.log(Part.APPLY))),
          e);
    }
  }

  private void post(Health health) throws IOException {
    if (health.get(connectors + "/" + DemoConnector.NAME).statusCode() == 200
        || health.get(connectors + "/" + DemoConnector.NAME + "/config").statusCode() == 200) {
      Console.progress("The connector %s is there already.".formatted(DemoConnector.NAME));
      return;
    }
    HttpResponse<String> response =
        health.post(
            connectors, DemoConnector.json(servers.mysql(), servers.kafka().bootstrapServers()));
    if (response.statusCode() / 100 != 2 && response.statusCode() != 409) {
      throw failed(
          "POST /connectors was refused with HTTP %d: %s"
              .formatted(response.statusCode(), response.body()),
          Part.ADMIN,
          null);
    }
    Console.progress("The connector %s is posted to %s.".formatted(DemoConnector.NAME, connectors));
  }

  /** Waiting is pointless once the connector says that it failed. */
  private void requireHealthy(Health health) throws IOException {
    HttpResponse<String> status =
        health.get("%s/%s/status".formatted(connectors, DemoConnector.NAME));
    if (status.body().contains("\"FAILED\"")) {
      throw failed("The connector failed: " + status.body(), Part.CAPTURE, null);
    }
    for (Part service : Part.SERVICES) {
      if (State.load(settings.home()).alive(service).isEmpty()) {
        throw failed(service.title + " has ended", service, null);
      }
    }
  }

  private StackException failed(String reason, Part part, @Nullable Exception cause) {
    String message = "%s%n%s".formatted(reason, LogTail.of(settings.log(part)));
    return cause == null ? new StackException(message) : new StackException(message, cause);
  }
}
