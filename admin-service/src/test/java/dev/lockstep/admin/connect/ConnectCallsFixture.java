package dev.lockstep.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.TopicRecords.Published;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A running service with a peer that answers, shared by the tests of a class. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectCallsFixture {
  static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  KafkaSettings kafka = KafkaSettings.at("");
  AnsweringCapture capture;
  RunningAdmin admin;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kafka = AnsweringCapture.freshTopics();
    capture = AnsweringCapture.start(kafka);
    admin = RunningAdmin.start(kafka, folder).awaitReady();
  }

  @AfterAll
  void stop() {
    admin.close();
    capture.close();
  }

  @AfterEach
  void allIsWell() {
    capture.finds();
  }

  void report(String name, ConnectorStatus.State state, long generation) throws Exception {
    var status =
        new ConnectorStatus(name, state, "capture-1:8081", generation, "because", Instant.now());
    TopicRecords.write(kafka, kafka.topics().status(), ConnectorStatus.recordKey(name), status);
  }

  void create(String name) throws Exception {
    var response = admin.post("/connectors", Tutorial.body(name, "p-" + name));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }

  void assertNothingOf(String name) throws Exception {
    assertThat(admin.get("/connectors/" + name).statusCode()).isEqualTo(404);
    assertThat(TopicRecords.about(name, kafka)).isEmpty();
  }

  List<Published> eventuallyPublished(String name, int count) {
    return until(
        count + " records about " + name,
        () -> TopicRecords.about(name, kafka),
        records -> records.size() == count);
  }

  static <T> T until(String what, Callable<T> look, Predicate<T> expected) {
    return Eventually.eventuallySees(what, Duration.ofSeconds(20), look, expected);
  }

  void assertError(HttpResponse<String> response, int status, String message) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Answers.number(response, "$.error_code")).isEqualTo(status);
    assertThat(Answers.text(response, "$.message")).isEqualTo(message);
  }
}
