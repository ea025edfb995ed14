package dev.lockstep.system.capture;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("capture")
@ExtendWith(Servers.class)
class SnapshotOnDemandTest {
  private static final int ROWS = 20_000;
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 180));

  /**
   * The connector reads no rows at its start, so those that were there come by the snapshot only.
   */
  @Test
  void rowsThatOnlyASnapshotBringsAreInTheTargetThoughCaptureIsKilledAndTheSourceIsWritten(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    carryOut(
        mysql,
        "MySQL",
        new LockstepSuite("on-demand", kafka, clickHouse),
        new SourceAndTarget(mysql, clickHouse),
        "SET SESSION cte_max_recursion_depth = " + ROWS,
        "INSERT INTO on_demand.t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < "
            + ROWS
            + ") SELECT i, CONCAT('row ', i) FROM n");
  }

  @Test
  void theSameHoldsForMariaDb(MariaDbServer mariaDb, KafkaServer kafka, ClickHouseServer clickHouse)
      throws Exception {
    carryOut(
        mariaDb,
        "MariaDB",
        new LockstepSuite("on-demand-maria", kafka, clickHouse),
        new SourceAndTarget(mariaDb, clickHouse),
        "INSERT INTO on_demand.t SELECT seq, CONCAT('row ', seq) FROM on_demand.seq_1_to_" + ROWS);
  }

  private static void carryOut(
      MySqlServer mysql, String server, LockstepSuite made, SourceAndTarget both, String... rows)
      throws Exception {
    both.target("DROP DATABASE IF EXISTS on_demand");
    try (var suite = made.start()) {
      both.source(
          "CREATE DATABASE on_demand",
          "CREATE TABLE on_demand.t (id INT PRIMARY KEY, v VARCHAR(60))");
      both.source(rows);
      Map<String, String> config = ConnectApi.tutorial(mysql, "on_demand_" + server, "on_demand");
      config.put("snapshot.mode", "no_data");
      config.put("incremental.snapshot.chunk.size", "500");
      assertThat(suite.connect().post("on-demand", config).statusCode()).isEqualTo(201);
      suite.connect().awaitState("on-demand", "RUNNING");
      refused(suite, "nothing", "", "tables[0]: There is no table on_demand.nothing");
      refused(suite, "t", "id >", "tables[0].filter: " + server + " does not take the filter");

      var stop = new AtomicBoolean();
      // A thread of its own: on two cores the common pool has one, which waits for processes' ends.
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> write(mysql, stop), Thread.ofPlatform()::start);
      String id = request(suite, "t", "SLEEP(0.0005) = 0").path("id").asString();
      await(suite, id, 2_000);
      suite.capture.kill();
      suite.capture.start();
      await(suite, id, 8_000);
      suite.capture.kill();
      suite.capture.start();
      JsonNode done =
          eventuallySees(
              "the end of the snapshot",
              LIMIT,
              () -> suite.connect().get("/api/v1/snapshots/" + id),
              snapshot -> !snapshot.path("endedAt").isNull());
      stop.set(true);
      writer.join();

      assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("COMPLETED");
      assertThat(done.path("tablesRead").asInt()).isEqualTo(1);
      both.awaitEqual(
          "SELECT id, v FROM on_demand.t ORDER BY id",
          "SELECT id, v FROM on_demand.t FINAL ORDER BY id",
          LIMIT);
      suite.connect().awaitState("on-demand", "RUNNING");
      withoutAKey(suite, mysql, both);
    }
  }

  /** Read as a whole, twice, while equal rows come and go. */
  private static void withoutAKey(LockstepSuite suite, MySqlServer mysql, SourceAndTarget both)
      throws Exception {
    both.source(
        "CREATE TABLE on_demand.bare (v INT, note VARCHAR(9))",
        "INSERT INTO on_demand.bare SELECT id % 50, 'first' FROM on_demand.t");
    for (int i = 0; i < 2; i++) {
      both.source("INSERT INTO on_demand.bare SELECT * FROM on_demand.bare");
    }
    refused(suite, "bare", "v > 1", "has no key");
    var stop = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> writeBare(mysql, stop), Thread.ofPlatform()::start);
    String id = request(suite, "bare", "").path("id").asString();
    await(suite, id, 2_000);
    suite.capture.kill();
    suite.capture.start();
    JsonNode done =
        eventuallySees(
            "the end of the snapshot",
            LIMIT,
            () -> suite.connect().get("/api/v1/snapshots/" + id),
            snapshot -> !snapshot.path("endedAt").isNull());
    assertThat(done.path("state").asString()).as(done.toString()).isEqualTo("COMPLETED");
    both.source("ALTER TABLE on_demand.bare ADD COLUMN w INT");
    stop.set(true);
    writer.join();
    String counts = "SELECT v, note, COUNT(*) FROM on_demand.bare GROUP BY v, note";
    both.awaitEqual(counts + " ORDER BY v, note", counts + " ORDER BY v, note", LIMIT);
    // No event tells of it, and no row.
    both.source("TRUNCATE TABLE on_demand.bare");
    JsonNode _ = request(suite, "bare", "");
    both.awaitEqual(counts, counts, LIMIT);
  }

  /** Transactions of some statements, so that one goes on nearly always. */
  private static void writeBare(MySqlServer mysql, AtomicBoolean stop) {
    var random = new Random(20261123);
    try (Connection connection = mysql.connect("on_demand");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!stop.get()) {
        for (int i = 0; i < 3; i++) {
          int v = random.nextInt(60);
          switch (random.nextInt(3)) {
            case 0 -> statement.execute("DELETE FROM bare WHERE v = " + v + " LIMIT 2");
            case 1 -> statement.execute("UPDATE bare SET note = 'new' WHERE v = " + v + " LIMIT 3");
            default -> statement.execute("INSERT INTO bare (v, note) VALUES (" + v + ", 'again')");
          }
        }
        connection.commit();
        Thread.sleep(2);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode ask(LockstepSuite suite, int status, String table, String filter)
      throws Exception {
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "connector",
                    "on-demand",
                    "tables",
                    List.of(
                        filter.isEmpty()
                            ? Map.of("database", "on_demand", "table", table)
                            : Map.of("database", "on_demand", "table", table, "filter", filter))));
    var answer = suite.connect().call("POST", "/api/v1/snapshots", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static JsonNode request(LockstepSuite suite, String table, String filter)
      throws Exception {
    return ask(suite, 202, table, filter);
  }

  private static void refused(LockstepSuite suite, String table, String filter, String reason)
      throws Exception {
    JsonNode problem = ask(suite, 400, table, filter);
    assertThat(problem.path("type").asString()).isEqualTo("/problems/invalid-snapshot");
    assertThat(problem.path("detail").asString()).contains(reason);
  }

  private static void await(LockstepSuite suite, String id, long rows) {
    JsonNode _ =
        eventuallySees(
            rows + " rows of the snapshot",
            LIMIT,
            () -> suite.connect().get("/api/v1/snapshots/" + id),
            snapshot -> snapshot.path("rowsRead").asLong() >= rows);
  }

  private static void write(MySqlServer mysql, AtomicBoolean stop) {
    var random = new Random(20261123);
    try (Connection connection = mysql.connect("on_demand");
        Statement statement = connection.createStatement()) {
      while (!stop.get()) {
        int row = 1 + random.nextInt(ROWS + 2_000);
        switch (random.nextInt(3)) {
          case 0 -> statement.execute("DELETE FROM t WHERE id = " + row);
          case 1 -> statement.execute("UPDATE t SET v = CONCAT('new ', id) WHERE id = " + row);
          default -> statement.execute("REPLACE INTO t VALUES (" + row + ", 'again')");
        }
        Thread.sleep(2);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
