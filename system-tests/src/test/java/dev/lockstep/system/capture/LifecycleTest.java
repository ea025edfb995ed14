package dev.lockstep.system.capture;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.ChangedTable;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.SourceAndTarget;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does to a connector through admin-service, and how long it takes to work. */
@Tag("capture")
@ExtendWith(Servers.class)
class LifecycleTest {
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 90));
  private static final String NAME = "lifecycle";

  @Test
  void eachWishTakesEffectAndSurvivesTheKillOfEveryService(
      MySqlServer mysql, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mysql, clickHouse);
    try (var suite = new LockstepSuite("lifecycles", kafka, clickHouse).start()) {
      Map<String, String> config = ConnectApi.tutorial(mysql, NAME, NAME);
      config.put("table.include.list", "lifecycle.t");
      ChangedTable.begin(suite, both, NAME, config);

      timed(suite, "pause", "PUT", "/pause", "PAUSED");
      timed(suite, "resume", "PUT", "/resume", "RUNNING");
      timed(suite, "pause", "PUT", "/pause", "PAUSED");
      insert(both, 1);
      killAllAndStart(suite);
      awaitFulfilled(suite, "PAUSED");
      assertThat(both.targetRows("SELECT id FROM lifecycle.t FINAL")).containsExactly("0");
      timed(suite, "resume after a kill", "PUT", "/resume", "RUNNING");
      ChangedTable.awaitEqual(both, NAME);

      timed(suite, "stop", "PUT", "/stop", "STOPPED");
      insert(both, 2);
      killAllAndStart(suite);
      awaitFulfilled(suite, "STOPPED");
      timed(suite, "resume after a kill", "PUT", "/resume", "RUNNING");
      ChangedTable.awaitEqual(both, NAME);

      timed(suite, "restart", "POST", "/restart", "RUNNING");
      insert(both, 3);
      ChangedTable.awaitEqual(both, NAME);
      reconfigures(suite, mysql, both);
      deletes(suite);
    }
  }

  private static void reconfigures(LockstepSuite suite, MySqlServer mysql, SourceAndTarget both)
      throws Exception {
    both.source(
        "CREATE TABLE lifecycle.later (id INT PRIMARY KEY)",
        "INSERT INTO lifecycle.later VALUES (1)");
    Map<String, String> config = ConnectApi.tutorial(mysql, NAME, NAME);
    config.put("table.include.list", "lifecycle.t,lifecycle.later");
    String body = JsonMapper.shared().writeValueAsString(config);
    long start = System.nanoTime();
    assertThat(suite.connect().call("PUT", "/connectors/lifecycle/config", body).statusCode())
        .isEqualTo(200);
    awaitFulfilled(suite, "RUNNING");
    print("reconfigure", start);
    awaitLater(both);
    killAllAndStart(suite);
    awaitFulfilled(suite, "RUNNING");
    assertThat(
            suite
                .connect()
                .get("/connectors/lifecycle/config")
                .path("table.include.list")
                .asString(""))
        .isEqualTo("lifecycle.t,lifecycle.later");
    insert(both, 4);
    both.source("INSERT INTO lifecycle.later VALUES (2)");
    ChangedTable.awaitEqual(both, NAME);
    awaitLater(both);
  }

  /** The table that only the new config captures: what it had, and what came since. */
  private static void awaitLater(SourceAndTarget both) throws Exception {
    String sql = "SELECT id FROM lifecycle.later%s ORDER BY id";
    both.awaitEqual(sql.formatted(""), sql.formatted(" FINAL"), LIMIT);
  }

  private static void deletes(LockstepSuite suite) throws Exception {
    long start = System.nanoTime();
    assertThat(suite.connect().call("DELETE", "/connectors/lifecycle", "").statusCode())
        .isEqualTo(204);
    eventually(
        "nothing to be left to capture-service",
        LIMIT,
        () -> !suite.capture.probe("readiness").body().contains(NAME));
    print("delete", start);
  }

  private static void insert(SourceAndTarget both, int id) throws Exception {
    both.source("INSERT INTO lifecycle.t VALUES (%d, %d, 'row')".formatted(id, id));
  }

  private static void killAllAndStart(LockstepSuite suite) {
    suite.admin.kill();
    suite.capture.kill();
    suite.apply.kill();
    suite.start();
  }

  private static void timed(
      LockstepSuite suite, String what, String method, String call, String state) throws Exception {
    long start = System.nanoTime();
    int status = suite.connect().call(method, "/connectors/lifecycle" + call, "").statusCode();
    assertThat(status).isBetween(202, 204);
    awaitFulfilled(suite, state);
    print(what, start);
  }

  /**
   * No test asserts a time; whoever wants to know it reads it here. After a kill the session of the
   * dead replica has to time out first.
   */
  private static void print(String what, long start) {
    System.out.printf(
        "LifecycleTest: %s took %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
  }

  /** Until capture-service has reported this state of the latest generation. */
  private static void awaitFulfilled(LockstepSuite suite, String state) {
    JsonNode _ =
        eventuallySees(
            "the connector to be " + state,
            LIMIT,
            () -> suite.connect().get("/api/v1/connectors").path("items").path(0),
            seen ->
                seen.path("state").asString("").equals(state)
                    && seen.path("reportedGeneration").asLong(-1)
                        == seen.path("generation").asLong(-2));
  }
}
