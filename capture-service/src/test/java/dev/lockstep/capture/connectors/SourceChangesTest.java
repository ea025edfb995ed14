package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.TableProgress;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** What happens to the source behind a connector's back. */
@Tag("capture")
@ExtendWith(Servers.class)
class SourceChangesTest {
  @Test
  void aBinlogPurgedPastTheOffsetFailsTheConnectorAndTheWayOutItNamesWorks(KafkaServer kafka)
      throws Exception {
    try (MySqlServer mysql =
        SharedServers.ownMySql("--gtid-mode=ON", "--enforce-gtid-consistency=ON")) {
      mysql.start();
      try (Connection connection = mysql.connect();
          Statement statement = connection.createStatement();
          CaptureSuite suite = new CaptureSuite(kafka, "suite-purged")) {
        Map<String, String> config = begin(suite, mysql, statement, "purged");
        suite.stop();
        statement.execute("INSERT INTO purged.t VALUES (2)");
        purge(statement);
        suite.start();
        String reason = suite.awaitState("purged", State.FAILED).reason();
        assertThat(reason).contains("purged past", "snapshot.mode=when_needed");

        config.put("snapshot.mode", "when_needed");
        suite.put("purged", config, DesiredState.RUNNING);
        assertThat(awaitRows(suite, "purged.purged.t", 3)).containsExactly("r 1", "r 1", "r 2");
        assertThat(suite.checkedForSnapshot).as("its privileges are asked for").isTrue();
        SnapshotStatus told =
            eventuallySees(
                "the second snapshot to be told",
                CaptureSuite.LIMIT,
                () -> suite.snapshot("purged", "initial-purged"),
                status ->
                    status.state() == SnapshotStatus.State.COMPLETED && status.rowsRead() == 2);
        assertThat(told.tables()).extracting(TableProgress::table).containsExactly("t");
      }
    }
  }

  /** Nothing of what was written until now is left. */
  private static void purge(Statement statement) throws SQLException {
    statement.execute("FLUSH BINARY LOGS");
    String current = "";
    try (ResultSet files = statement.executeQuery("SHOW BINARY LOGS")) {
      while (files.next()) {
        current = files.getString(1);
      }
    }
    statement.execute("PURGE BINARY LOGS TO '" + current + "'");
  }

  @Test
  void withoutASnapshotTheBinlogIsReadFromItsBegin(KafkaServer kafka) throws Exception {
    try (MySqlServer mysql = SharedServers.ownMySql()) {
      mysql.start();
      try (Connection connection = mysql.connect();
          Statement statement = connection.createStatement();
          CaptureSuite suite = new CaptureSuite(kafka, "suite-never")) {
        statement.execute("CREATE DATABASE never");
        statement.execute("CREATE TABLE never.t (id INT PRIMARY KEY)");
        statement.execute("INSERT INTO never.t VALUES (1)");
        suite.start();
        Map<String, String> config = CaptureSuite.config(mysql, "never", "never");
        config.put("snapshot.mode", "configuration_based");
        config.put("snapshot.mode.configuration.based.start.stream", "true");
        suite.put("never", config, DesiredState.RUNNING);
        assertThat(awaitRows(suite, "never.never.t", 1)).containsExactly("c 1");
        statement.execute("INSERT INTO never.t VALUES (2)");
        assertThat(awaitRows(suite, "never.never.t", 2)).containsExactly("c 1", "c 2");
      }
    }
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfATransactionTakesNoRowTwice(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    int rows = 60_000;
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-cut")) {
      Map<String, String> config = begin(suite, mysql, statement, "cut");
      config.put("max.batch.size", "256");
      config.put("max.queue.size", "512");
      suite.put("cut", config, DesiredState.RUNNING);
      suite.awaitState("cut", State.RUNNING);
      // More than the buffers between the server and the connector hold.
      statement.execute("ALTER TABLE cut.t ADD v VARCHAR(300)");
      statement.execute("SET SESSION cte_max_recursion_depth = " + rows);
      statement.execute(
          "INSERT INTO cut.t WITH RECURSIVE n (id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM n"
              + " WHERE id < "
              + rows
              + ") SELECT id, REPEAT('x', 300) FROM n");
      for (int published : List.of(1_000, 15_000)) {
        List<String> _ = awaitRows(suite, "cut.cut.t", published);
        endBinlogReaders(statement);
      }
      suite.awaitState("cut", State.RETRYING);
      statement.execute("INSERT INTO cut.t VALUES (0, NULL)");
      List<String> expected = new ArrayList<>(List.of("r 1"));
      IntStream.rangeClosed(2, rows).forEach(id -> expected.add("c " + id));
      expected.add("c 0");
      assertThat(awaitRows(suite, "cut.cut.t", rows + 1)).isEqualTo(expected);
    }
  }

  @Test
  void theSourceWaitsAnHourForAStreamThatRests(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-waits")) {
      statement.execute("SET GLOBAL log_output = 'TABLE'");
      statement.execute("SET GLOBAL general_log = ON");
      try {
        begin(suite, mysql, statement, "waits");
        eventually(
            "the session of the binlog's reader to be set",
            CaptureSuite.LIMIT,
            () -> isLogged(statement, "set net_write_timeout=3600"));
      } finally {
        statement.execute("SET GLOBAL general_log = OFF");
        statement.execute("SET GLOBAL log_output = DEFAULT");
      }
    }
  }

  /** By a session that then asked for the binlog. */
  private static boolean isLogged(Statement statement, String argument) throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            "SELECT 1 FROM mysql.general_log a JOIN mysql.general_log b USING (thread_id)"
                + " WHERE a.argument = '%s' AND b.command_type LIKE 'Binlog Dump%%'"
                    .formatted(argument))) {
      return found.next();
    }
  }

  /** As an administrator would, or a proxy that ends connections. */
  private static void endBinlogReaders(Statement statement) throws SQLException {
    List<Long> readers =
        eventuallySees(
            "a reader of the binlog",
            CaptureSuite.LIMIT,
            () -> binlogReaders(statement),
            found -> !found.isEmpty());
    for (long reader : readers) {
      statement.execute("KILL " + reader);
    }
  }

  private static List<Long> binlogReaders(Statement statement) throws SQLException {
    List<Long> readers = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND LIKE 'Binlog Dump%'")) {
      while (rows.next()) {
        readers.add(rows.getLong(1));
      }
    }
    return readers;
  }

  @Test
  void theOffsetMovesOnWhileOnlyOtherTablesAreWritten(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-idle")) {
      statement.execute("CREATE DATABASE busy");
      statement.execute("CREATE TABLE busy.t (id INT PRIMARY KEY)");
      begin(suite, mysql, statement, "idle");
      String before = lastOffset(suite);
      statement.execute("INSERT INTO busy.t (id) VALUES (0)");
      long written = lastTransaction(executedGtids(statement));
      assertThat(lastTransaction(before)).isLessThan(written);
      eventually(
          "the offset to pass what was written beside it",
          CaptureSuite.LIMIT,
          () -> {
            statement.execute("INSERT INTO busy.t SELECT MAX(id) + 1 FROM busy.t");
            return lastTransaction(lastOffset(suite)) > written;
          });
      assertThat(suite.committed("idle.idle.t")).hasSize(1);
    }
  }

  /** The end of a GTID set of one server, {@code uuid:1-23}. */
  private static long lastTransaction(String gtids) {
    Matcher end = Pattern.compile(":(?:\\d+-)?(\\d+)$").matcher(gtids);
    assertThat(end.find()).as(gtids).isTrue();
    return Long.parseLong(end.group(1));
  }

  private static String executedGtids(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      row.next();
      return row.getString(1);
    }
  }

  private static String lastOffset(CaptureSuite suite) {
    var last = suite.committed(suite.settings.topics().offsets()).getLast();
    return JsonMapper.shared().readTree(last.value()).path("offset").path("gtids").asString("");
  }

  @Test
  void aSourceThatNoLongerFitsFailsTheConnectorAndARestartAfterTheMendRunsIt(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-unfit")) {
      suite.problems = List.of("server variable log_bin: The server writes no binary log. Set it.");
      statement.execute("CREATE DATABASE unfit");
      statement.execute("CREATE TABLE unfit.t (id INT PRIMARY KEY)");
      suite.start();
      Map<String, String> config = CaptureSuite.config(mysql, "unfit", "unfit");
      suite.put("unfit", config, DesiredState.RUNNING);
      assertThat(suite.awaitState("unfit", State.FAILED).reason())
          .isEqualTo("server variable log_bin: The server writes no binary log. Set it.");
      suite.problems = List.of();
      suite.put("unfit", config, DesiredState.RUNNING);
      suite.awaitState("unfit", State.RUNNING);
    }
  }

  private static Map<String, String> begin(
      CaptureSuite suite, MySqlServer mysql, Statement statement, String name) throws Exception {
    statement.execute("CREATE DATABASE " + name);
    statement.execute("CREATE TABLE " + name + ".t (id INT PRIMARY KEY)");
    statement.execute("INSERT INTO " + name + ".t VALUES (1)");
    suite.start();
    Map<String, String> config = CaptureSuite.config(mysql, name, name);
    config.put("heartbeat.interval.ms", "500");
    suite.put(name, config, DesiredState.RUNNING);
    suite.awaitState(name, State.RUNNING);
    awaitRows(suite, name + "." + name + ".t", 1);
    return config;
  }

  private static List<String> awaitRows(CaptureSuite suite, String topic, int count) {
    return eventuallySees(
        count + " rows in " + topic,
        CaptureSuite.LIMIT,
        () ->
            suite.committed(topic).stream()
                .map(item -> JsonMapper.shared().readTree(item.value()))
                .map(
                    event ->
                        event.path("op").asString() + " " + event.path("after").path("id").asInt())
                .toList(),
        rows -> rows.size() >= count);
  }
}
