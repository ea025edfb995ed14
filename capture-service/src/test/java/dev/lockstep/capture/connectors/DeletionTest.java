package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.Removal;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

@Tag("capture")
@ExtendWith(Servers.class)
class DeletionTest {
  @Test
  void aConnectorMadeAnewUnderItsNameGoesOnWhereTheDeletedOneWas(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-anew")) {
      Map<String, String> config = begin(suite, mysql, statement, "anew");
      suite.delete("anew");
      eventually("the state to be gone", CaptureSuite.LIMIT, () -> !suite.isReported("anew"));
      statement.execute("INSERT INTO anew.t VALUES (2)");
      suite.put("anew", config, DesiredState.RUNNING);
      assertThat(awaitRows(suite, "anew.anew.t", 2)).containsExactly("r 1", "c 2");
    }
  }

  @Test
  void tablesThatAConnectorMadeAnewCapturesBesideThoseOfTheDeletedOneAreRead(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-wider")) {
      statement.execute("CREATE DATABASE wider");
      statement.execute("CREATE TABLE wider.more (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO wider.more VALUES (7)");
      Map<String, String> config =
          begin(suite, mysql, statement, "wider", Map.of("table.include.list", "wider.t"));
      statement.execute("INSERT INTO wider.t VALUES (2)");
      awaitRows(suite, "wider.wider.t", 2);
      suite.delete("wider");
      eventually("the state to be gone", CaptureSuite.LIMIT, () -> !suite.isReported("wider"));
      config.put("table.include.list", "wider.(t|more)");
      suite.put("wider", config, DesiredState.RUNNING);
      assertThat(awaitRows(suite, "wider.wider.more", 1)).containsExactly("r 7");
      assertThat(awaitRows(suite, "wider.wider.t", 2)).containsExactly("r 1", "c 2");
    }
  }

  @Test
  void whatIsToBeRemovedIsRemovedAndANewConnectorBeginsWithASnapshot(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-removed")) {
      Map<String, String> config = begin(suite, mysql, statement, "removed");
      assertThat(suite.topics()).contains("suite-removed.schema-history.removed", "removed");
      suite.remove("removed", config, EnumSet.allOf(Removal.class));
      suite.awaitState("removed", State.DELETED);
      // The controller has deleted them; a broker that is asked may hear of it a moment later.
      eventuallySees(
          "the topics to be gone",
          CaptureSuite.LIMIT,
          suite::topics,
          topics ->
              !topics.contains("suite-removed.schema-history.removed")
                  && topics.stream()
                      .noneMatch(topic -> topic.equals("removed") || topic.startsWith("removed.")));
      assertNothingIsCommitted(suite);
      suite.delete("removed");
      eventually("the state to be gone", CaptureSuite.LIMIT, () -> !suite.isReported("removed"));
      statement.execute("INSERT INTO removed.t VALUES (2)");
      suite.put("removed", config, DesiredState.RUNNING);
      assertThat(awaitRows(suite, "removed.removed.t", 2)).containsExactly("r 1", "r 2");
    }
  }

  @Test
  void aConnectorThatWasDeletedWhileNobodyRanItLeavesNoState(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-unrun")) {
      begin(suite, mysql, statement, "unrun");
      suite.stop();
      suite.command(request("unrun", "unrun-1"));
      suite.delete("unrun");
      assertThat(suite.isReported("unrun")).isTrue();
      suite.start();
      eventually("the state to be gone", CaptureSuite.LIMIT, () -> !suite.isReported("unrun"));
      suite.awaitSnapshot("unrun", "unrun-1", SnapshotStatus.State.CANCELLED);
    }
  }

  @Test
  void aConnectorMadeAnewCarriesOutNoSnapshotThatWasAskedOfTheDeletedOne(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-heir")) {
      Map<String, String> config = begin(suite, mysql, statement, "heir");
      suite.stop();
      suite.command(request("heir", "heir-1"));
      suite.delete("heir");
      suite.put("heir", config, DesiredState.RUNNING);
      suite.command(request("heir", "heir-2"));
      suite.start();
      suite.awaitSnapshot("heir", "heir-2", SnapshotStatus.State.COMPLETED);
      suite.awaitSnapshot("heir", "heir-1", SnapshotStatus.State.CANCELLED);
      assertThat(awaitRows(suite, "heir.heir.t", 2)).containsExactly("r 1", "r 1");
      // Whoever takes the connector over reads the deletion again.
      suite.stop();
      suite.command(request("heir", "heir-3"));
      suite.start();
      suite.awaitSnapshot("heir", "heir-3", SnapshotStatus.State.COMPLETED);
    }
  }

  private static SnapshotCommand request(String name, String id) {
    return SnapshotCommand.request(
        id,
        name,
        SnapshotType.INCREMENTAL,
        List.of(new SnapshotTable(name, "t", null)),
        Instant.now());
  }

  @Test
  void aDeletionThatWasInterruptedIsFinishedAtTheNextStart(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement();
        CaptureSuite suite = new CaptureSuite(kafka, "suite-halfway")) {
      statement.execute("CREATE DATABASE halfway");
      statement.execute("CREATE TABLE halfway.other (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO halfway.other VALUES (1)");
      Map<String, String> config = begin(suite, mysql, statement, "halfway");
      awaitRows(suite, "halfway.halfway.other", 1);
      suite.stop();
      suite.remove("halfway", config, EnumSet.of(Removal.TOPICS, Removal.OFFSET));
      // As far as a replica came that was killed in the middle.
      suite.deleteTopic("halfway.halfway.t");
      suite.start();
      suite.awaitState("halfway", State.DELETED);
      assertThat(suite.topics())
          .contains("suite-halfway.schema-history.halfway")
          .noneMatch(topic -> topic.startsWith("halfway."));
      assertNothingIsCommitted(suite);
    }
  }

  private static Map<String, String> begin(
      CaptureSuite suite, MySqlServer mysql, Statement statement, String name) throws Exception {
    return begin(suite, mysql, statement, name, Map.of());
  }

  private static Map<String, String> begin(
      CaptureSuite suite,
      MySqlServer mysql,
      Statement statement,
      String name,
      Map<String, String> more)
      throws Exception {
    statement.execute("CREATE DATABASE IF NOT EXISTS " + name);
    statement.execute("CREATE TABLE " + name + ".t (id INT PRIMARY KEY)");
    statement.execute("INSERT INTO " + name + ".t VALUES (1)");
    suite.start();
    Map<String, String> config = CaptureSuite.config(mysql, name, name);
    config.putAll(more);
    suite.put(name, config, DesiredState.RUNNING);
    suite.awaitState(name, State.RUNNING);
    awaitRows(suite, name + "." + name + ".t", 1);
    return config;
  }

  /** The rows of the topic as {@code op id}, when there are as many. */
  private static List<String> awaitRows(CaptureSuite suite, String topic, int count) {
    return eventuallySees(
        count + " rows in " + topic,
        CaptureSuite.LIMIT,
        () -> suite.committed(topic).stream().map(DeletionTest::row).toList(),
        rows -> rows.size() >= count);
  }

  private static String row(ConsumerRecord<byte[], byte[]> item) {
    var event = JsonMapper.shared().readTree(item.value());
    return event.path("op").asString() + " " + event.path("after").path("id").asInt();
  }

  private static void assertNothingIsCommitted(CaptureSuite suite) {
    var topics = suite.settings.topics();
    for (String topic : List.of(topics.offsets(), topics.schemas())) {
      Map<String, Boolean> last = new LinkedHashMap<>();
      suite
          .committed(topic)
          .forEach(item -> last.put(ControlCodec.key(item.key()), item.value() != null));
      assertThat(last.values()).as(topic).isNotEmpty().containsOnly(false);
    }
  }
}
