package dev.lockstep.admin.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.TopicRecords.Published;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("main-job")
@ExtendWith(Servers.class)
class RecoveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aRestartKeepsConnectorsAndTheirGenerations() throws Exception {
    KafkaSettings kafka = AnsweringCapture.freshTopics();
    try (var capture = AnsweringCapture.start(kafka)) {
      try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
        assertThat(admin.post("/connectors", Tutorial.BODY).statusCode()).isEqualTo(201);
      }
      try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
        assertThat(admin.get("/connectors").body()).isEqualTo("[\"inventory-connector\"]");
        String config = admin.get("/connectors/inventory-connector/config").body();
        assertThat(admin.put("/connectors/inventory-connector/config", config).statusCode())
            .isEqualTo(200);
        assertThat(generations(awaitPublished(kafka, "inventory-connector", 2)))
            .containsExactly(1L, 2L);
      }
      assertThat(capture.asked()).hasSize(2);
    }
  }

  @Test
  void whatACrashLeftInTheOutboxIsPublishedAtTheNextStart() throws Exception {
    KafkaSettings kafka = AnsweringCapture.freshTopics();
    try (var capture = AnsweringCapture.start(kafka)) {
      try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
        assertThat(admin.post("/connectors", Tutorial.BODY).statusCode()).isEqualTo(201);
      }
      assertThat(capture.asked()).hasSize(1);
      leaveInOutbox(kafka.topics().connectors());
      try (var admin = RunningAdmin.start(kafka, folder)) {
        var records = awaitPublished(kafka, "inventory-connector", 2);
        assertThat(records.getLast().spec()).isNull();
        assertThat(awaitPublished(kafka, "later", 1).getFirst().spec())
            .isEqualTo(new ConnectorSpec("later", Map.of(), DesiredState.PAUSED, 7));
        assertThat(admin.awaitReady().get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      }
    }
  }

  /** As a process leaves it that died between the database's commit and Kafka's acknowledgement. */
  private void leaveInOutbox(String topic) throws SQLException {
    try (Connection database =
            DriverManager.getConnection(RunningAdmin.databaseUrl(folder), "sa", "");
        var insert =
            database.prepareStatement(
                "INSERT INTO outbox (topic, record_key, record_value, created_at)"
                    + " VALUES (?, ?, ?, CURRENT_TIMESTAMP)")) {
      for (String[] row :
          List.of(
              new String[] {"inventory-connector", ""},
              new String[] {
                "later",
                "{\"name\":\"later\",\"config\":{},\"desiredState\":\"PAUSED\",\"generation\":7}"
              })) {
        insert.setString(1, topic);
        insert.setString(2, row[0]);
        insert.setString(3, row[1].isEmpty() ? null : row[1]);
        insert.executeUpdate();
      }
    }
  }

  @Test
  void aNewDatabaseAdoptsTheConnectorsOfALiveSuite() throws Exception {
    KafkaSettings kafka = AnsweringCapture.freshTopics();
    try (var capture = AnsweringCapture.start(kafka)) {
      String topic = kafka.topics().connectors();
      Map<String, String> config = Map.of("topic.prefix", "old", "database.password", "dbz");
      TopicRecords.write(
          kafka, topic, "old", new ConnectorSpec("old", config, DesiredState.PAUSED, 41));
      TopicRecords.write(
          kafka, topic, "dead", new ConnectorSpec("dead", config, DesiredState.RUNNING, 1));
      TopicRecords.write(kafka, topic, "dead", null);
      try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
        var connectors = admin.get("/api/v1/connectors");
        assertThat(Answers.list(connectors, "$.items[*].name")).containsExactly("old");
        assertThat(Answers.text(connectors, "$.items[0].desiredState")).isEqualTo("PAUSED");
        assertThat(Answers.number(connectors, "$.items[0].generation")).isEqualTo(41);
        assertThat(TopicRecords.about("old", kafka)).hasSize(1);
        assertThat(admin.put("/connectors/old/config", Tutorial.config("old", "old")).statusCode())
            .isEqualTo(200);
        assertThat(generations(awaitPublished(kafka, "old", 2))).containsExactly(41L, 42L);
      }
      assertThat(capture.asked()).hasSize(1);
    }
  }

  @Test
  void withoutCaptureServiceNothingIsStoredAndTheWayOutIsTold() throws Exception {
    KafkaSettings kafka = AnsweringCapture.freshTopics();
    try (var admin =
        RunningAdmin.start(kafka, folder, "--lockstep.admin.preflight.timeout=1s").awaitReady()) {
      var response = admin.post("/connectors", Tutorial.BODY);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(Answers.number(response, "$.error_code")).isEqualTo(503);
      assertThat(Answers.text(response, "$.message"))
          .contains("capture-service did not answer within 1 s: is it running?")
          .contains("/actuator/health/readiness");
      assertThat(admin.get("/connectors").body()).isEqualTo("[]");
      assertThat(TopicRecords.about("inventory-connector", kafka)).isEmpty();
    }
  }

  @Test
  void itStartsWithoutKafkaSaysSoAndGoesOnWhenKafkaIsThere() throws Exception {
    try (KafkaServer server = SharedServers.ownKafka()) {
      server.start();
      var kafka = KafkaSettings.at(server.bootstrapServers());
      server.stop();
      try (var admin = RunningAdmin.start(kafka, folder)) {
        assertThat(admin.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        var readiness = admin.get("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("\"kafka\":{\"details\":{\"reason\":");
        assertThat(admin.post("/connectors", Tutorial.BODY).statusCode()).isEqualTo(503);
        assertThat(admin.get("/api/v1/tables").statusCode()).isEqualTo(503);
        assertThat(Answers.text(admin.get("/api/v1/tables"), "$.type"))
            .isEqualTo("/problems/not-ready");
        server.start();
        admin.awaitReady();
        try (var capture = AnsweringCapture.start(kafka)) {
          assertThat(admin.post("/connectors", Tutorial.BODY).statusCode()).isEqualTo(201);
          assertThat(capture.asked()).hasSize(1);
        }
        aDeletionOutlivesAKafkaThatIsAway(admin, server, kafka);
      }
    }
  }

  private static void aDeletionOutlivesAKafkaThatIsAway(
      RunningAdmin admin, KafkaServer server, KafkaSettings kafka) throws Exception {
    server.kill();
    assertThat(admin.delete("/connectors/inventory-connector").statusCode()).isEqualTo(204);
    server.start();
    assertThat(awaitPublished(kafka, "inventory-connector", 2).getLast().spec()).isNull();
    admin.awaitReady();
  }

  private static List<Published> awaitPublished(KafkaSettings kafka, String name, int count) {
    return Eventually.eventuallySees(
        count + " records about " + name,
        LIMIT,
        () -> TopicRecords.about(name, kafka),
        records -> records.size() >= count);
  }

  private static List<Long> generations(List<Published> records) {
    return records.stream().map(item -> Objects.requireNonNull(item.spec()).generation()).toList();
  }
}
