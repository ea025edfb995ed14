package dev.lockstep.admin.replays;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.replay.ReplayRequest.Into;
import dev.lockstep.common.replay.ReplayRequest.Source;
import dev.lockstep.common.replay.ReplayStatus;
import dev.lockstep.common.replay.ReplayStatus.State;
import dev.lockstep.stack.junit.Servers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("apply")
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayCallsTest {
  private static final String REPLAYS = "/api/v1/replays";
  private static final String TABLE =
      """
      {"connector":"c1","topic":"p.inventory.customers","partition":0,"sourceDatabase":"inventory",
      "sourceTable":"customers","state":"RUNNING","owner":"apply-1:8082","recordsRead":7,
      "rowsApplied":7,"recordsQuarantined":0,"nextOffset":7,"lastVersion":1,
      "at":"2026-01-01T12:00:00Z"}""";

  KafkaSettings kafka = KafkaSettings.at("");
  AnsweringCapture capture;
  RunningAdmin admin;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kafka = AnsweringCapture.freshTopics();
    capture = AnsweringCapture.start(kafka);
    TopicRecords.write(
        kafka,
        kafka.topics().status(),
        "table/p.inventory.customers/0",
        ControlCodec.decode(TABLE.getBytes(StandardCharsets.UTF_8), Map.class));
    admin = RunningAdmin.start(kafka, folder).awaitReady();
  }

  @AfterAll
  void stop() {
    admin.close();
    capture.close();
  }

  private List<ReplayRequest> published(String id) {
    return TopicRecords.of(kafka.topics().replays(), ReplayRequest.recordKey(id), kafka).stream()
        .map(value -> ControlCodec.decode(value.orElseThrow(), ReplayRequest.class))
        .toList();
  }

  @Test
  void aReplayIsPublishedShownWithItsProgressAndCancelledUntilItHasEnded() throws Exception {
    var accepted = admin.post(REPLAYS, ReplayExamples.REBUILD);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String id = Answers.text(accepted, "$.id");
    String path = REPLAYS + "/" + id;
    assertThat(accepted.headers().firstValue("Location")).hasValue(admin.base() + path);
    assertThat(Answers.text(accepted, "$.state")).isEqualTo("QUEUED");
    assertThat(admin.get(path).body()).isEqualTo(accepted.body());
    assertThat(Answers.list(admin.get(REPLAYS), "$.items[*].id")).contains(id);

    Instant now = Instant.now();
    report(new ReplayStatus(id, State.RUNNING, null, 30, 29, 1, 70, now, null, now, false));
    var running =
        eventuallySees(
            "the replay to run",
            Duration.ofSeconds(30),
            () -> admin.get(path),
            answer -> Answers.text(answer, "$.state").equals("RUNNING"));
    assertThat(Answers.map(running, "$"))
        .containsEntry("recordsRead", 30)
        .containsEntry("rowsApplied", 29)
        .containsEntry("recordsQuarantined", 1)
        .containsEntry("recordsLeft", 70);

    assertThat(admin.put(path + "/cancel", "").statusCode()).isEqualTo(202);
    assertThat(published(id)).extracting(ReplayRequest::cancelled).containsExactly(false, true);
    assertThat(published(id).getFirst().into()).isEqualTo(Into.NEW_TABLE);

    Instant later = now.plusSeconds(1);
    report(new ReplayStatus(id, State.CANCELLED, null, 30, 29, 1, 70, now, later, later, false));
    eventuallySees(
        "the replay to end",
        Duration.ofSeconds(30),
        () -> admin.get(path),
        answer -> Answers.text(answer, "$.state").equals("CANCELLED"));
    problem(admin.put(path + "/cancel", ""), 409, "conflict", "it is CANCELLED");
  }

  private void report(ReplayStatus status) throws Exception {
    TopicRecords.write(
        kafka, kafka.topics().replays(), ReplayStatus.recordKey(status.id()), status);
  }

  @Test
  void everyPropertyIsPublished() throws Exception {
    String body =
        """
        {"database":"inventory","table":"customers","mode":"HISTORY","fromOffsets":{"0":17,"2":0}}""";
    ReplayRequest request = published(Answers.text(admin.post(REPLAYS, body), "$.id")).getFirst();
    assertThat(request.mode()).hasToString("HISTORY");
    assertThat(request.fromOffsets()).isEqualTo(Map.of(0, 17L, 2, 0L));
    assertThat(request.source()).isEqualTo(Source.TOPIC);
    String letters =
        """
        {"database":"inventory","table":"customers","source":"DEAD_LETTERS","deadLetters":[4,9]}""";
    request = published(Answers.text(admin.post(REPLAYS, letters), "$.id")).getFirst();
    assertThat(request.deadLetters()).containsExactly(4L, 9L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                    | 400 | invalid-replay    | database: It must be a text
          {"database":"inventory","table":7}                    | 400 | invalid-replay    | table: It must be a text
          {"database":"inventory","table":"customers","a":1}    | 400 | invalid-replay    | a: Nobody knows this property
          {"database":"inventory","table":"customers","into":"x"} | 400 | invalid-replay  | one of TABLE, NEW_TABLE
          {"database":"inventory","table":"customers","source":1} | 400 | invalid-replay  | one of TOPIC, DEAD_LETTERS
          {"database":"inventory","table":"customers","fromTime":"now"} | 400 | invalid-replay | fromTime: It must be a time
          {"database":"inventory","table":"customers","fromOffsets":{"a":1}} | 400 | invalid-replay | fromOffsets: It must have
          {"database":"inventory","table":"customers","fromOffsets":{"0":-1}} | 400 | invalid-replay | fromOffsets: It must have
          {"database":"inventory","table":"customers","fromOffsets":{"0":99999999999999999999}} | 400 | invalid-replay | fromOffsets: It must have
          {"database":"inventory","table":"customers","deadLetters":[]} | 400 | invalid-replay | deadLetters: It must be a list
          {"database":"inventory","table":"customers","deadLetters":[1]} | 400 | invalid-replay | named where the source is DEAD_LETTERS
          {"database":"inventory","table":"customers","source":"DEAD_LETTERS","into":"NEW_TABLE"} | 400 | invalid-replay | into the TABLE only
          {"database":"inventory","table":"customers","fromTime":"2026-01-01T00:00:00Z","fromOffsets":{"0":1}} | 400 | invalid-replay | not both
          {"database":"inventory","table":"nobody"}             | 404 | table-not-found   | inventory.nobody
          {"database":                                          | 400 | malformed-request | Malformed JSON at line 1
          []                                                    | 400 | malformed-request | must be a JSON object
          """)
  void aRequestThatBreaksARuleIsRefused(String body, int status, String type, String detail)
      throws Exception {
    int before = Answers.list(admin.get(REPLAYS), "$.items").size();
    problem(admin.post(REPLAYS, body), status, type, detail);
    assertThat(Answers.list(admin.get(REPLAYS), "$.items")).hasSize(before);
  }

  @Test
  void whatIsNotThereCanNeitherBeShownNorCancelled() throws Exception {
    problem(admin.get(REPLAYS + "/42"), 404, "replay-not-found", "Replay 42 not found");
    problem(admin.put(REPLAYS + "/42/cancel", ""), 404, "replay-not-found", "GET /api/v1/replays");
  }

  private static void problem(HttpResponse<String> answer, int status, String type, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Answers.text(answer, "$.type")).isEqualTo("/problems/" + type);
    assertThat(Answers.text(answer, "$.detail")).contains(detail);
  }
}
