package dev.lockstep.system.capture;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.system.suite.ChangedTable;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.LockstepSuite;
import dev.lockstep.system.suite.PublishedChanges;
import dev.lockstep.system.suite.SeededChanges;
import dev.lockstep.system.suite.SourceAndTarget;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A real MariaDB as the source, end to end. */
@Tag("capture")
@ExtendWith(Servers.class)
class MariaDbTest {
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 120));
  private static final int TRANSACTIONS = 60;
  private static final int BETWEEN_KILLS = 20;

  @Test
  void everyChangeIsPublishedOnceAndTheTargetEqualsTheSourceThoughCaptureIsKilled(
      MariaDbServer mariaDb, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mariaDb, clickHouse);
    var changes = new SeededChanges("maria.t", 20_261_123);
    try (var suite = new LockstepSuite("maria-suite", kafka, clickHouse).start()) {
      ChangedTable.begin(mariaDb, suite, both, "maria");
      try (Connection connection = mariaDb.connect()) {
        for (int i = 1; i <= TRANSACTIONS; i++) {
          changes.transaction(connection);
          if (i % BETWEEN_KILLS == 0) {
            suite.capture.kill();
            suite.capture.start();
          }
        }
      }
      suite.capture.awaitReady();
      ChangedTable.awaitEqual(both, "maria");
      PublishedChanges.of(suite, "maria").assertOnceAndInOrder(changes);
      assertThat(measured(suite, "maria")).contains("0-1-");
    }
  }

  /** The position of a connector that has nothing left to publish. */
  private static String measured(LockstepSuite suite, String connector) {
    JsonNode found =
        eventuallySees(
            "a lag of nothing",
            LIMIT,
            () -> progress(suite, connector),
            progress ->
                progress.path("lag").path("transactions").asLong(-1) == 0
                    && progress.path("lag").path("bytes").asLong(-1) >= 0);
    return found.path("position").path("gtidSet").asString("");
  }

  private static JsonNode progress(LockstepSuite suite, String connector) throws Exception {
    for (JsonNode item : suite.connect().get("/api/v1/connectors").path("items")) {
      if (item.path("name").asString("").equals(connector)) {
        return item.path("progress");
      }
    }
    return MissingNode.getInstance();
  }

  @Test
  void aSchemaThatChangesInTheStreamIsFollowedThroughKillsBetweenItsStatements(
      MariaDbServer mariaDb, KafkaServer kafka, ClickHouseServer clickHouse) throws Exception {
    var both = new SourceAndTarget(mariaDb, clickHouse);
    String rows = "SELECT id, v, u, note FROM maria_ddl.t%s ORDER BY id";
    try (var suite = new LockstepSuite("maria-ddl-suite", kafka, clickHouse).start()) {
      both.source(
          "CREATE DATABASE maria_ddl",
          "CREATE TABLE maria_ddl.t (id INT PRIMARY KEY, v VARCHAR(40), u UUID)",
          "INSERT INTO maria_ddl.t VALUES (1, 'snapshot', '123e4567-e89b-12d3-a456-426655440000')");
      var made =
          suite.connect().post("maria-ddl", ConnectApi.tutorial(mariaDb, "maria_ddl", "maria_ddl"));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      both.awaitEqual(
          "SELECT id, v, u FROM maria_ddl.t", "SELECT id, v, u FROM maria_ddl.t FINAL", LIMIT);

      both.source(
          "ALTER TABLE maria_ddl.t ADD COLUMN IF NOT EXISTS v INT, ADD COLUMN note TEXT,"
              + " DROP COLUMN IF EXISTS nothing",
          "INSERT INTO maria_ddl.t VALUES (2, 'stream', UUID(), 'added')",
          "CREATE TABLE maria_ddl.other (a INT PRIMARY KEY, b INT)",
          "ALTER TABLE maria_ddl.other CHANGE b c BIGINT");
      restart(suite);
      both.source(
          "UPDATE maria_ddl.t SET note = 'changed' WHERE id = 1",
          "CREATE OR REPLACE TABLE maria_ddl.other (k VARCHAR(9) PRIMARY KEY, n INET6)");
      restart(suite);
      both.source(
          "INSERT INTO maria_ddl.other VALUES ('x', '2001:db8::1')",
          "DELETE FROM maria_ddl.t WHERE id = 2");
      both.source("INSERT INTO maria_ddl.t VALUES (3, 'last', NULL, NULL)");
      both.awaitEqual(rows.formatted(""), rows.formatted(" FINAL"), LIMIT);
      both.awaitEqual(
          "SELECT k, n FROM maria_ddl.other", "SELECT k, n FROM maria_ddl.other FINAL", LIMIT);
      suite.connect().awaitState("maria-ddl", "RUNNING");
    }
  }

  /** Wherever it is by then, which differs from run to run. */
  private static void restart(LockstepSuite suite) {
    suite.capture.kill();
    suite.capture.start();
    suite.capture.awaitReady();
  }
}
