package dev.lockstep.stack.demo;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.StackException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Waits until the demo's tables are the same in source and target, by count and checksums; nobody
 * may write meanwhile.
 */
public final class Agreement {
  private static final Duration POLL = Duration.ofMillis(250);

  /** The limit passed; the message tells how far each table had come. */
  public static final class NotReached extends Exception {
    private static final long serialVersionUID = 1L;

    NotReached(String message) {
      super(message);
    }
  }

  /** Throws when waiting has become pointless. */
  @FunctionalInterface
  public interface Check {
    void check() throws IOException;
  }

  private final MySqlServer source;
  private final ClickHouseServer target;
  private final Consumer<String> progress;

  public Agreement(MySqlServer source, ClickHouseServer target, Consumer<String> progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  public void await(Duration limit, Check worthWaiting)
      throws SQLException, IOException, NotReached {
    long begin = System.nanoTime();
    Map<DemoTable, String> lastSaid = new LinkedHashMap<>();
    while (true) {
      Map<DemoTable, Side> states = compare();
      if (states.values().stream().allMatch(Side::agrees)) {
        progress.accept(
            "Source and target agree on all tables (%.1f s)."
                .formatted((System.nanoTime() - begin) / 1e9));
        return;
      }
      say(states, lastSaid);
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new NotReached(
            "Source and target do not agree after %d s: %s"
                .formatted(limit.toSeconds(), shown(states)));
      }
      worthWaiting.check();
      pause();
    }
  }

  /** A table as the two sides describe it. */
  private record Side(String source, String target) {
    boolean agrees() {
      return source.equals(target);
    }

    String shown() {
      String of = source.split("\t", 2)[0];
      String arrived = target.contains("\t") ? target.split("\t", 2)[0] : target;
      return agrees() ? "in step, %s rows".formatted(of) : "%s of %s rows".formatted(arrived, of);
    }
  }

  private void say(Map<DemoTable, Side> states, Map<DemoTable, String> lastSaid) {
    states.forEach(
        (table, state) -> {
          String line = "  %s: %s".formatted(table.sqlName(), state.shown());
          if (!line.equals(lastSaid.put(table, line))) {
            progress.accept(line);
          }
        });
  }

  private static String shown(Map<DemoTable, Side> states) {
    return states.entrySet().stream()
        .filter(entry -> !entry.getValue().agrees())
        .map(entry -> "%s has %s".formatted(entry.getKey().sqlName(), entry.getValue().shown()))
        .collect(Collectors.joining("; "));
  }

  private Map<DemoTable, Side> compare() throws SQLException {
    Map<DemoTable, Side> states = new LinkedHashMap<>();
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      for (DemoTable table : DemoTable.values()) {
        states.put(table, new Side(inSource(statement, table), inTarget(table)));
      }
    }
    return states;
  }

  private static String inSource(Statement statement, DemoTable table) throws SQLException {
    String sql = "SELECT COUNT(*), %s FROM %s".formatted(table.checksum, table.sqlName());
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      StringBuilder line = new StringBuilder();
      for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
        line.append(column == 1 ? "" : "\t").append(rows.getString(column));
      }
      return line.toString();
    }
  }

  private String inTarget(DemoTable table) {
    try {
      return target
          .query("SELECT COUNT(*), %s FROM %s FINAL".formatted(table.checksum, table.sqlName()))
          .strip();
    } catch (StackException e) {
      if (String.valueOf(e.getMessage()).contains("UNKNOWN_TABLE")
          || String.valueOf(e.getMessage()).contains("UNKNOWN_DATABASE")) {
        return "none";
      }
      throw e;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while comparing source and target", e);
    }
  }
}
