package dev.lockstep.admin.snapshots;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotCommand.Action;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.common.snapshot.SnapshotStatus.TableProgress;
import dev.lockstep.common.snapshot.SnapshotStatus.TableState;
import dev.lockstep.common.snapshot.SnapshotTable;
import dev.lockstep.common.snapshot.SnapshotType;
import dev.lockstep.stack.junit.Servers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("capture")
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotCallsTest {
  private static final String SNAPSHOTS = "/api/v1/snapshots";

  KafkaSettings kafka = KafkaSettings.at("");
  AnsweringCapture capture;
  RunningAdmin admin;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kafka = AnsweringCapture.freshTopics();
    capture = AnsweringCapture.start(kafka);
    admin = RunningAdmin.start(kafka, folder).awaitReady();
    var made = admin.post("/connectors", Tutorial.BODY);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  @AfterAll
  void stop() {
    admin.close();
    capture.close();
  }

  private List<SnapshotCommand> commands(String id) {
    return TopicRecords.of(kafka.topics().commands(), "inventory-connector", kafka).stream()
        .map(value -> ControlCodec.decode(value.orElseThrow(), SnapshotCommand.class))
        .filter(command -> command.id().equals(id))
        .toList();
  }

  @Test
  void aRequestIsCheckedPublishedShownAndChanged() throws Exception {
    var accepted = admin.post(SNAPSHOTS, SnapshotExamples.REQUEST);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String id = Answers.text(accepted, "$.id");
    assertThat(accepted.headers().firstValue("Location"))
        .hasValue(admin.base() + SNAPSHOTS + "/" + id);
    assertThat(Answers.text(accepted, "$.state")).isEqualTo("QUEUED");
    var tables =
        List.of(
            new SnapshotTable("inventory", "customers", null),
            new SnapshotTable("inventory", "orders", "order_date >= '2016-01-17'"));
    assertThat(capture.asked().getLast().snapshot()).isEqualTo(tables);
    assertThat(capture.asked().getLast().config()).containsEntry("database.password", "dbz");

    assertThat(admin.get(SNAPSHOTS + "/" + id).body()).isEqualTo(accepted.body());
    assertThat(
            Answers.list(admin.get(SNAPSHOTS + "?connector=inventory-connector"), "$.items[*].id"))
        .contains(id);
    assertThat(Answers.list(admin.get(SNAPSHOTS + "?connector=other"), "$.items")).isEmpty();
    for (String change : List.of("pause", "resume", "cancel")) {
      assertThat(admin.put(SNAPSHOTS + "/" + id + "/" + change, "").statusCode()).isEqualTo(202);
    }
    List<SnapshotCommand> published = commands(id);
    assertThat(published)
        .extracting(SnapshotCommand::action)
        .containsExactly(Action.REQUEST, Action.PAUSE, Action.RESUME, Action.CANCEL);
    assertThat(published.getFirst().type()).isEqualTo(SnapshotType.INCREMENTAL);
    assertThat(published.getFirst().tables()).isEqualTo(tables);
  }

  @Test
  void whatCaptureServiceRefusesIsToldAndNothingIsPublished() throws Exception {
    int before = TopicRecords.of(kafka.topics().commands(), "inventory-connector", kafka).size();
    capture.finds(
        new Finding(Severity.ERROR, "tables[1].filter", "MySQL does not take it.", "Correct it."));
    try {
      var refused = admin.post(SNAPSHOTS, SnapshotExamples.REQUEST);
      problem(refused, 400, "invalid-snapshot", "tables[1].filter: MySQL does not take it.");
    } finally {
      capture.finds();
    }
    assertThat(TopicRecords.of(kafka.topics().commands(), "inventory-connector", kafka))
        .hasSize(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                         | 400 | invalid-snapshot    | connector: It must be a text
          {"connector":"c","tables":[]}              | 400 | invalid-snapshot    | tables: It must be a list
          {"connector":"c","type":"FULL","tables":[{"database":"d","table":"t"}]} | 400 | invalid-snapshot | type: There is no such type
          {"connector":"c","type":"INITIAL","tables":[{"database":"d","table":"t"}]} | 400 | invalid-snapshot | type: There is no such type
          {"connector":"c","tables":[{"database":"d"}]} | 400 | invalid-snapshot | tables[0].table: It must be a text
          {"connector":"c","tables":[{"database":"d","table":"t","where":"1"}]} | 400 | invalid-snapshot | tables[0].where: Nobody knows
          {"connector":"c","tables":[{"database":"d","table":"t"},{"database":"d","table":"t"}]} | 400 | invalid-snapshot | tables[1]: The table is named twice
          {"connector":"none","tables":[{"database":"d","table":"t"}]} | 404 | connector-not-found | none
          {"connector":                              | 400 | malformed-request   | Malformed JSON at line 1
          []                                         | 400 | malformed-request   | must be a JSON object
          """)
  void aRequestThatBreaksARuleIsRefused(String body, int status, String type, String detail)
      throws Exception {
    problem(admin.post(SNAPSHOTS, body), status, type, detail);
  }

  @Test
  void aConnectorsInitialSnapshotIsShownWithItsProgressAndIsNotChangedByItself() throws Exception {
    Instant at = Instant.parse("2026-11-23T05:00:00Z");
    var status =
        new SnapshotStatus(
            "initial-c",
            "c",
            SnapshotType.INITIAL,
            SnapshotStatus.State.RUNNING,
            null,
            List.of(
                new TableProgress("d", "a", null, TableState.COMPLETED, 90, 100L, null),
                new TableProgress("d", "b", null, TableState.RUNNING, 10, 1_010L, null)),
            50L,
            at,
            at,
            null,
            at);
    TopicRecords.write(
        kafka, kafka.topics().status(), SnapshotStatus.recordKey("c", "initial-c"), status);
    var shown =
        eventuallySees(
            "the initial snapshot",
            Duration.ofSeconds(30),
            () -> admin.get(SNAPSHOTS + "/initial-c"),
            answer -> answer.statusCode() == 200);
    assertThat(Answers.map(shown, "$"))
        .containsEntry("type", "INITIAL")
        .containsEntry("tablesRead", 1)
        .containsEntry("tablesTotal", 2)
        .containsEntry("rowsRead", 100)
        .containsEntry("rowsEstimated", 1_100)
        .containsEntry("secondsLeft", 20);
    problem(
        admin.put(SNAPSHOTS + "/initial-c/pause", ""), 409, "conflict", "PUT /connectors/c/pause");
  }

  @Test
  void whatIsNotThereCanNeitherBeShownNorChanged() throws Exception {
    problem(admin.get(SNAPSHOTS + "/42"), 404, "snapshot-not-found", "Snapshot 42 not found");
    problem(
        admin.put(SNAPSHOTS + "/42/cancel", ""),
        404,
        "snapshot-not-found",
        "Snapshot 42 not found");
  }

  private static void problem(HttpResponse<String> answer, int status, String type, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Answers.text(answer, "$.type")).isEqualTo("/problems/" + type);
    assertThat(Answers.text(answer, "$.detail")).contains(detail);
  }
}
