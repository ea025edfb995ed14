package dev.lockstep.admin.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorProgress.Batches;
import dev.lockstep.common.control.ConnectorProgress.Events;
import dev.lockstep.common.control.ConnectorProgress.Lag;
import dev.lockstep.common.control.ConnectorProgress.Position;
import dev.lockstep.common.control.ConnectorProgress.Queue;
import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("main-job")
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TablesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

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

  @Test
  void aTableIsTheSumOfItsPartitions() throws Exception {
    report("orders", 0, State.RUNNING, 10, NOON, NOON.plusMillis(250));
    report("orders", 1, State.RETRYING, 5, NOON.plusSeconds(60), NOON.plusMillis(60_125));
    report("orders", 2, State.RUNNING, 0, null, null);

    var table = awaitTable("/c1/inventory/orders", 3);

    assertThat(Answers.map(table, "$.source"))
        .containsEntry("database", "inventory")
        .containsEntry("table", "orders");
    assertThat(Answers.text(table, "$.target.table")).isEqualTo("orders");
    assertThat(Answers.text(table, "$.topic")).isEqualTo("p.inventory.orders");
    assertThat(Answers.text(table, "$.state")).isEqualTo("RETRYING");
    assertThat(Answers.text(table, "$.reason")).isEqualTo("reason of 1");
    assertThat(Answers.number(table, "$.rowsApplied")).isEqualTo(15);
    assertThat(Answers.number(table, "$.rowsSuperseded")).isEqualTo(7);
    assertThat(Answers.number(table, "$.recordsDropped")).isEqualTo(3);
    assertThat(Answers.number(table, "$.recordsRead")).isEqualTo(30);
    assertThat(Answers.number(table, "$.recordsQuarantined")).isEqualTo(3);
    assertThat(Answers.list(table, "$.partitions[*].recordsQuarantined")).containsExactly(2, 1, 0);
    assertThat(Answers.text(table, "$.lastSourceTime")).isEqualTo("2026-01-01T12:01:00Z");
    assertThat(Answers.text(table, "$.lastAppliedAt")).isEqualTo("2026-01-01T12:01:00.125Z");
    assertThat(Answers.text(table, "$.freshnessSeconds")).isEqualTo("0.125");
    assertThat(Answers.list(table, "$.partitions[*].partition")).containsExactly(0, 1, 2);
    assertThat(Answers.text(table, "$.haltedSince")).isEqualTo("2026-01-01T12:00:01Z");
    assertThat(Answers.number(table, "$.lagRecords")).isEqualTo(15);
    assertThat(Double.parseDouble(Answers.text(table, "$.lagSeconds"))).isBetween(1_000.0, 1_060.0);
    assertThat(Answers.text(table, "$.partitions[2].lagSeconds")).isEqualTo("0.0");
    assertThat(Answers.text(table, "$.recordsPerSecond")).isEqualTo("3.75");
  }

  @Test
  void aLagThatOneReplicaDoesNotTellIsNotKnown() throws Exception {
    report("upgraded", 0, State.RUNNING, 10, NOON, NOON);
    String older =
        """
        {"connector":"c1","topic":"p.inventory.upgraded","partition":1,"sourceDatabase":"inventory",
        "sourceTable":"upgraded","state":"RUNNING","owner":"apply-2:8082","recordsRead":7,
        "rowsApplied":7,"recordsQuarantined":0,"nextOffset":7,"lastVersion":1,
        "at":"2026-01-01T12:00:00Z"}""";
    TopicRecords.write(
        kafka,
        kafka.topics().status(),
        key("upgraded", 1),
        ControlCodec.decode(older.getBytes(StandardCharsets.UTF_8), Map.class));
    var table = awaitTable("/c1/inventory/upgraded", 2);
    assertThat(Answers.number(table, "$.rowsApplied")).isEqualTo(17);
    assertThat(table.body())
        .contains("\"lagRecords\":null,\"lagSeconds\":null,\"recordsPerSecond\":null");
    assertThat(Answers.number(table, "$.partitions[0].lagRecords")).isEqualTo(10);
  }

  @Test
  void theListIsFilteredByConnectorAndState() throws Exception {
    report("failed", 0, State.FAILED, 1, NOON, NOON);
    awaitTable("/c1/inventory/failed", 1);
    assertThat(sources("?state=FAILED")).contains("failed");
    assertThat(sources("?state=RUNNING")).doesNotContain("failed");
    assertThat(sources("?connector=c1&state=FAILED")).contains("failed");
    assertThat(sources("?connector=c2")).doesNotContain("failed");
  }

  @Test
  void aDeletedReportIsGone() throws Exception {
    report("gone", 0, State.RUNNING, 1, NOON, NOON);
    awaitTable("/c1/inventory/gone", 1);
    TopicRecords.write(kafka, kafka.topics().status(), key("gone", 0), null);
    Eventually.eventually(
        "the table to be gone",
        Duration.ofSeconds(20),
        () -> admin.get("/api/v1/tables/c1/inventory/gone").statusCode(),
        404);
  }

  @Test
  void aReportThatCanNotBeReadHarmsNoOther() throws Exception {
    TopicRecords.write(kafka, kafka.topics().status(), key("broken", 0), "not a report");
    report("after", 0, State.RUNNING, 1, NOON, NOON);
    awaitTable("/c1/inventory/after", 1);
    assertThat(sources("")).doesNotContain("broken");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/tables/c/d/none, 404, table-not-found",
    "GET, /api/v1/connectors/none, 404, connector-not-found",
    "GET, /api/v1/tables?state=HAPPY, 400, invalid-parameter",
    "GET, /api/v1/nothing, 404, path-not-found",
    "POST, /api/v1/tables, 405, method-not-allowed"
  })
  void errorsAreProblems(String method, String path, int status, String type) throws Exception {
    var response = admin.send(method, path, null, Map.of());
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Answers.text(response, "$.type")).isEqualTo("/problems/" + type);
    assertThat(Answers.number(response, "$.status")).isEqualTo(status);
    assertThat(Answers.text(response, "$.title")).isNotBlank();
    assertThat(Answers.text(response, "$.detail")).isNotBlank();
    assertThat(Answers.text(response, "$.instance")).isEqualTo(path.replaceAll("\\?.*", ""));
  }

  @Test
  void aBadStateIsToldWhichThereAre() throws Exception {
    assertThat(Answers.text(admin.get("/api/v1/tables?state=HAPPY"), "$.detail"))
        .contains("state", "RUNNING, RETRYING, FAILED");
  }

  @Test
  void connectorsAreShownWithoutTheirConfigs() throws Exception {
    assertThat(admin.post("/connectors", Tutorial.BODY).statusCode()).isEqualTo(201);
    var response = admin.get("/api/v1/connectors");
    assertThat(Answers.text(response, "$.items[0].name")).isEqualTo("inventory-connector");
    assertThat(Answers.text(response, "$.items[0].desiredState")).isEqualTo("RUNNING");
    assertThat(Answers.number(response, "$.items[0].generation")).isEqualTo(1);
    assertThat(response.body()).doesNotContain("config", "dbz");
  }

  @Test
  @Tag("capture")
  void aConnectorShowsHowFarItWasWhenItWasMeasured() throws Exception {
    String body = Tutorial.body("measured", "measured-prefix");
    assertThat(admin.post("/connectors", body).statusCode()).isEqualTo(201);
    assertThat(admin.get("/api/v1/connectors/measured").body()).contains("\"progress\":null");
    var progress =
        new ConnectorProgress(
            "measured",
            "capture-1:8081",
            new Position("binlog.000003", 1_234, "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-7"),
            new Lag(4_096, 3L, 1.5),
            NOON,
            new Events(1, 2.5, 3, 4, 0),
            new Queue(10, 32_768, 2_048, 67_108_864),
            new Batches(2, 5, 0.02, 0.01),
            NOON.plusSeconds(2));
    TopicRecords.write(
        kafka, kafka.topics().status(), ConnectorProgress.recordKey("measured"), progress);
    var answer =
        Eventually.eventuallySees(
            "the progress",
            Duration.ofSeconds(20),
            () -> admin.get("/api/v1/connectors/measured"),
            seen -> seen.body().contains("binlog.000003"));
    assertThat(Answers.map(answer, "$.progress.position")).containsEntry("offset", 1_234);
    assertThat(Answers.map(answer, "$.progress.lag"))
        .containsEntry("bytes", 4_096)
        .containsEntry("transactions", 3)
        .containsEntry("seconds", 1.5);
    assertThat(Answers.map(answer, "$.progress.eventsPerSecond")).containsEntry("update", 2.5);
    assertThat(Answers.map(answer, "$.progress.queue")).containsEntry("byteCapacity", 67_108_864);
    assertThat(Answers.map(answer, "$.progress.batches")).containsEntry("seconds", 0.02);
    assertThat(Answers.text(answer, "$.progress.at")).isEqualTo("2026-01-01T12:00:02Z");
  }

  private HttpResponse<String> awaitTable(String path, int partitions) {
    return Eventually.eventuallySees(
        "the table " + path + " with " + partitions + " partitions",
        Duration.ofSeconds(20),
        () -> admin.get("/api/v1/tables" + path),
        answer ->
            answer.statusCode() == 200
                && Answers.list(answer, "$.partitions").size() == partitions);
  }

  private List<Object> sources(String query) throws Exception {
    return Answers.list(admin.get("/api/v1/tables" + query), "$.items[*].source.table");
  }

  private static String key(String table, int partition) {
    return TablePartitionStatus.recordKey("p.inventory." + table, partition);
  }

  private void report(
      String table,
      int partition,
      State state,
      long rows,
      @Nullable Instant committed,
      @Nullable Instant applied)
      throws Exception {
    var status =
        new TablePartitionStatus(
            "c1",
            "p.inventory." + table,
            partition,
            "inventory",
            table,
            rows == 0 ? null : "inventory",
            rows == 0 ? null : table,
            state,
            state == State.RUNNING ? null : "reason of " + partition,
            state == State.RUNNING ? null : NOON.plusSeconds(partition),
            "apply-1:8082",
            rows * 2,
            rows,
            rows / 2,
            rows / 5,
            rows / 4,
            rows * 2,
            1,
            committed,
            applied,
            rows,
            rows == 0 ? null : Instant.now().minusSeconds(100 * rows),
            rows / 4.0,
            NOON.plusSeconds(90));
    TopicRecords.write(kafka, kafka.topics().status(), key(table, partition), status);
  }
}
