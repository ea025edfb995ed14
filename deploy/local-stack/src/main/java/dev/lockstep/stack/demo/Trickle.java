package dev.lockstep.stack.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The process that changes the demo's rows, about twice a second, for as long as it lives. */
public final class Trickle {
  private static final Duration PACE = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(3);

  private final String url;
  private final String user;
  private final String password;
  private final DemoChanges changes = new DemoChanges();

  private Trickle(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** Takes its connection from {@code LOCKSTEP_DEMO_URL}, {@code _USER} and {@code _PASSWORD}. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> environment = System.getenv();
    new Trickle(
            Objects.requireNonNull(environment.get("LOCKSTEP_DEMO_URL"), "LOCKSTEP_DEMO_URL"),
            environment.getOrDefault("LOCKSTEP_DEMO_USER", ""),
            environment.getOrDefault("LOCKSTEP_DEMO_PASSWORD", ""))
        .run();
  }

  private void run() throws InterruptedException {
    while (true) {
      try (Connection connection = DriverManager.getConnection(url, user, password)) {
        System.out.println("Connected; changing about two rows a second.");
        connection.setAutoCommit(false);
        changeForEver(connection);
      } catch (SQLException e) {
        System.out.println("The source can't be changed, trying again: " + e.getMessage());
        Thread.sleep(AFTER_FAILURE);
      }
    }
  }

  private void changeForEver(Connection connection) throws SQLException, InterruptedException {
    while (true) {
      changes.one(connection);
      connection.commit();
      Thread.sleep(PACE);
    }
  }
}
