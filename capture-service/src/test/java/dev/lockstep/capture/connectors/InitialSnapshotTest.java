package dev.lockstep.capture.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.State;
import dev.lockstep.common.snapshot.SnapshotStatus.TableProgress;
import dev.lockstep.common.snapshot.SnapshotStatus.TableState;
import dev.lockstep.common.snapshot.SnapshotType;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told of a connector's initial snapshot while it is taken. */
@Tag("capture")
@ExtendWith(Servers.class)
class InitialSnapshotTest {
  private static final String NAME = "first";
  private static final int ROWS = 20_000;

  @Test
  void itsProgressIsToldUntilEveryRowIsPublishedAndItStartsOverAfterAPause(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    fill(mysql);
    try (CaptureSuite suite = new CaptureSuite(kafka, "suite-initial")) {
      suite.start();
      suite.put(NAME, config(mysql), DesiredState.RUNNING);
      SnapshotStatus running =
          await(
              suite,
              "under way",
              s -> s.state() == State.RUNNING && s.rowsRead() > 0 && s.rowsEstimated() != null);
      assertThat(running.type()).isEqualTo(SnapshotType.INITIAL);
      assertThat(running.tables())
          .extracting(TableProgress::table)
          .containsExactlyInAnyOrder("a", "b.c", "empty");
      assertThat(running.rowsEstimated()).isBetween(ROWS / 2L, ROWS * 4L);
      assertThat(running.secondsLeft()).isNotNull();

      suite.put(NAME, config(mysql), DesiredState.PAUSED);
      suite.awaitState(NAME, ConnectorStatus.State.PAUSED);
      SnapshotStatus paused = await(suite, "queued", s -> s.state() == State.QUEUED);
      assertThat(paused.reason()).contains("starts over");

      suite.put(NAME, config(mysql), DesiredState.RUNNING);
      SnapshotStatus done = await(suite, "done", s -> s.state() == State.COMPLETED);
      assertThat(done.tables())
          .extracting(TableProgress::table, TableProgress::rowsRead, TableProgress::state)
          .containsExactlyInAnyOrder(
              tuple("a", (long) ROWS, TableState.COMPLETED),
              tuple("b.c", 1L, TableState.COMPLETED),
              tuple("empty", 0L, TableState.COMPLETED));
      assertThat(done.endedAt()).isNotNull();
    }
  }

  @Test
  void oneThatIsUnderWayEndsWithItsConnector(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    fill(mysql);
    try (CaptureSuite suite = new CaptureSuite(kafka, "suite-initial-deleted")) {
      suite.start();
      suite.put(NAME, config(mysql), DesiredState.RUNNING);
      await(suite, "under way", s -> s.state() == State.RUNNING && s.rowsRead() > 0);
      suite.delete(NAME);
      assertThat(await(suite, "cancelled", s -> s.state() == State.CANCELLED).reason())
          .isEqualTo("The connector was deleted");
    }
  }

  private static void fill(MySqlServer mysql) throws SQLException {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "DROP DATABASE IF EXISTS initial_rows",
              "CREATE DATABASE initial_rows",
              "CREATE TABLE initial_rows.a (id INT PRIMARY KEY)",
              "CREATE TABLE initial_rows.`b.c` (id INT PRIMARY KEY)",
              "CREATE TABLE initial_rows.empty (id INT PRIMARY KEY)",
              "INSERT INTO initial_rows.`b.c` VALUES (1)",
              "SET SESSION cte_max_recursion_depth = " + ROWS,
              "INSERT INTO initial_rows.a WITH RECURSIVE n (id) AS"
                  + " (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < "
                  + ROWS
                  + ") SELECT id FROM n",
              "ANALYZE TABLE initial_rows.a")) {
        statement.execute(sql);
      }
    }
  }

  /** In small transactions, so that it takes a while. */
  private static Map<String, String> config(MySqlServer mysql) {
    Map<String, String> config = CaptureSuite.config(mysql, "first-data", "initial_rows");
    config.put("max.batch.size", "64");
    config.put("max.queue.size", "128");
    return config;
  }

  private static SnapshotStatus await(
      CaptureSuite suite, String what, Predicate<SnapshotStatus> expected) {
    return Eventually.eventuallySees(
        "the initial snapshot to be " + what,
        CaptureSuite.LIMIT,
        () -> suite.snapshot(NAME, "initial-" + NAME),
        status -> status != null && expected.test(status));
  }
}
