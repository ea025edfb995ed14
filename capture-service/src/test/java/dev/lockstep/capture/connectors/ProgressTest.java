package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorProgress.Lag;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("capture")
@ExtendWith(Servers.class)
class ProgressTest {
  private static final Lag NONE = new Lag(0, 0L, 0);

  @Test
  void aConnectorTellsItsPlaceItsLagAndWhatItPublished(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-progress")) {
      statement.execute("CREATE DATABASE progress");
      statement.execute("CREATE DATABASE beside_progress");
      statement.execute("CREATE TABLE progress.t (id INT PRIMARY KEY, n INT)");
      statement.execute("CREATE TABLE beside_progress.t (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO progress.t VALUES (1, 1), (2, 1), (3, 1)");
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "pg", "progress");
      config.put("skipped.operations", "none");
      suite.put("progress", config, DesiredState.RUNNING);
      suite.awaitState("progress", State.RUNNING);
      awaitEvents(suite, "read", 3);

      statement.execute("INSERT INTO progress.t VALUES (4, 1), (5, 1)");
      statement.execute("UPDATE progress.t SET n = 2 WHERE id < 4");
      statement.execute("DELETE FROM progress.t WHERE id = 5");
      statement.execute("TRUNCATE TABLE progress.t");
      awaitEvents(suite, "create", 2);
      awaitEvents(suite, "update", 3);
      awaitEvents(suite, "delete", 1);
      awaitEvents(suite, "truncate", 1);

      // What is not captured counts too: the place is past it, and nothing waits.
      statement.execute("INSERT INTO beside_progress.t VALUES (1)");
      String executed = executed(statement);
      ConnectorProgress there =
          await(
              suite,
              "the end",
              progress ->
                  NONE.equals(progress.lag())
                      && progress.position() != null
                      && executed.equals(progress.position().gtidSet()));
      assertThat(there.owner()).isEqualTo("test:1");
      assertThat(there.position().file()).startsWith("binlog.");
      assertThat(there.queue().recordCapacity()).isEqualTo(32_768);
      assertThat(there.queue().byteCapacity()).isEqualTo(64 * 1024 * 1024);
      assertThat(there.lastEventAt()).isNotNull();
      assertThat(gauge(suite, "lag.bytes")).isZero();
      assertThat(gauge(suite, "queue.capacity.records")).isEqualTo(32_768);
      assertThat(gauge(suite, "binlog.position.bytes")).isEqualTo(there.position().offset());
      assertThat(suite.registry.get("lockstep.capture.batch").timer().count())
          .isEqualTo(suite.registry.get("lockstep.capture.transaction").timer().count())
          .isPositive();

      suite.put("progress", config, DesiredState.PAUSED);
      suite.awaitState("progress", State.PAUSED);
      ConnectorProgress paused =
          await(suite, "to rest", progress -> progress.queue() == null && progress.lag() == null);
      assertThat(paused.position()).isNotNull();

      suite.delete("progress");
      eventually("no progress", CaptureSuite.LIMIT, () -> suite.progress("progress") == null);
      eventually("no meters", CaptureSuite.LIMIT, () -> suite.registry.getMeters(), List.of());
    }
  }

  private static ConnectorProgress await(
      CaptureSuite suite, String what, Predicate<ConnectorProgress> expected) {
    return eventuallySees(what, CaptureSuite.LIMIT, () -> suite.progress("progress"), expected);
  }

  private static void awaitEvents(CaptureSuite suite, String kind, double count) {
    eventually(
        "events of the kind " + kind,
        CaptureSuite.LIMIT,
        () -> suite.registry.get("lockstep.capture.events").tag("kind", kind).counter().count(),
        count);
  }

  private static double gauge(CaptureSuite suite, String name) {
    return suite.registry.get("lockstep.capture." + name).gauge().value();
  }

  private static String executed(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      row.next();
      return row.getString(1).replaceAll("\\s", "");
    }
  }
}
