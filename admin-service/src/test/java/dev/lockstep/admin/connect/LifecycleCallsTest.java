package dev.lockstep.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.Removal;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("capture")
class LifecycleCallsTest extends ConnectCallsFixture {
  @Test
  void eachWishIsPublishedOnceUnderANewGeneration() throws Exception {
    create("wishes");
    for (String call : List.of("pause", "pause", "stop", "resume", "resume")) {
      var answer = admin.put("/connectors/wishes/" + call, "");
      assertThat(answer.statusCode()).as(call).isEqualTo(call.equals("stop") ? 204 : 202);
      assertThat(answer.body()).isEmpty();
    }
    List<ConnectorSpec> specs =
        eventuallyPublished("wishes", 4).stream()
            .map(item -> Objects.requireNonNull(item.spec()))
            .toList();
    assertThat(specs)
        .extracting(ConnectorSpec::desiredState)
        .containsExactly(
            DesiredState.RUNNING, DesiredState.PAUSED, DesiredState.STOPPED, DesiredState.RUNNING);
    assertThat(specs).extracting(ConnectorSpec::generation).containsExactly(1L, 2L, 3L, 4L);
    assertThat(specs).extracting(ConnectorSpec::config).allMatch(specs.getFirst().config()::equals);
  }

  @Test
  void aRestartIsANewGenerationOfTheSameWish() throws Exception {
    create("restarted");
    assertThat(admin.put("/connectors/restarted/pause", "").statusCode()).isEqualTo(202);
    assertThat(admin.post("/connectors/restarted/restart", "").statusCode()).isEqualTo(204);
    var spec = Objects.requireNonNull(eventuallyPublished("restarted", 3).getLast().spec());
    assertThat(spec.desiredState()).isEqualTo(DesiredState.PAUSED);
    assertThat(spec.generation()).isEqualTo(3);
  }

  @Test
  void onlyAFailedConnectorIsRestartedWhenSoAsked() throws Exception {
    create("failing");
    report("failing", ConnectorStatus.State.RUNNING, 1);
    awaitState("failing", "RUNNING");
    String call = "/connectors/failing/restart?onlyFailed=true&includeTasks=true";
    var running = admin.post(call, "");
    assertThat(running.statusCode()).isEqualTo(202);
    assertThat(Answers.text(running, "$.connector.state")).isEqualTo("RUNNING");
    report("failing", ConnectorStatus.State.FAILED, 1);
    awaitState("failing", "FAILED");
    assertThat(admin.post(call, "").statusCode()).isEqualTo(202);
    assertThat(eventuallyPublished("failing", 2)).hasSize(2);
  }

  @Test
  void theOneTaskIsShownAndRestarted() throws Exception {
    create("task");
    assertThat(Answers.list(admin.get("/connectors/task/tasks"), "$")).isEmpty();
    report("task", ConnectorStatus.State.RUNNING, 1);
    awaitState("task", "RUNNING");
    var tasks = admin.get("/connectors/task/tasks");
    assertThat(Answers.text(tasks, "$[0].id.connector")).isEqualTo("task");
    assertThat(Answers.text(tasks, "$[0].config['database.password']")).isEqualTo("********");
    assertThat(Answers.text(admin.get("/connectors/task/tasks/0/status"), "$.state"))
        .isEqualTo("RUNNING");
    assertThat(admin.post("/connectors/task/tasks/0/restart", "").statusCode()).isEqualTo(204);
    assertThat(admin.get("/connectors/task/tasks/1/status").statusCode()).isEqualTo(404);
    assertThat(admin.post("/connectors/task/tasks/1/restart", "").statusCode()).isEqualTo(404);
    assertThat(eventuallyPublished("task", 2)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"PUT, pause", "PUT, resume", "PUT, stop", "POST, restart", "GET, tasks"})
  void whatDoesNotExistIsNotFound(String method, String call) throws Exception {
    var answer = admin.send(method, "/connectors/nobody/" + call, null, JSON);
    assertError(answer, 404, "Connector nobody not found");
  }

  @Test
  void aConnectorIsShownUntilWhatWasAskedForIsRemoved() throws Exception {
    create("removed");
    assertThat(admin.delete("/connectors/removed?remove=everything").statusCode()).isEqualTo(400);
    assertThat(admin.delete("/connectors/removed?remove=state,topics").statusCode()).isEqualTo(202);
    var spec = Objects.requireNonNull(eventuallyPublished("removed", 2).getLast().spec());
    assertThat(spec.desiredState()).isEqualTo(DesiredState.DELETED);
    assertThat(spec.removals()).contains(Removal.OFFSET, Removal.TOPICS);
    report("removed", ConnectorStatus.State.DELETED, 1);
    report("removed", ConnectorStatus.State.DELETING, 2);
    awaitState("removed", "DESTROYED");
    assertThat(admin.put("/connectors/removed/resume", "").statusCode()).isEqualTo(409);
    assertThat(admin.post("/connectors", Tutorial.body("removed", "p-removed")).statusCode())
        .isEqualTo(409);
    report("removed", ConnectorStatus.State.DELETED, 2);
    until(
        "the connector to be gone",
        () -> admin.get("/connectors/removed").statusCode(),
        code -> code == 404);
    assertThat(eventuallyPublished("removed", 3).getLast().spec()).isNull();
    create("removed");
  }

  @Test
  void aDeletionThatNobodyFinishesCanBeCutShort() throws Exception {
    create("abandoned");
    assertThat(admin.delete("/connectors/abandoned?remove=topics").statusCode()).isEqualTo(202);
    assertThat(admin.delete("/connectors/abandoned?remove=topics").statusCode()).isEqualTo(409);
    assertThat(admin.delete("/connectors/abandoned").statusCode()).isEqualTo(204);
    assertThat(eventuallyPublished("abandoned", 3).getLast().spec()).isNull();
  }

  @Test
  void aSchemaHistoryThatAnotherConnectorUsesStays() throws Exception {
    create("sharing1");
    create("sharing2");
    assertThat(admin.delete("/connectors/sharing1?remove=state").statusCode()).isEqualTo(202);
    var spec = Objects.requireNonNull(eventuallyPublished("sharing1", 2).getLast().spec());
    assertThat(spec.removals()).containsExactly(Removal.OFFSET);
  }

  @Test
  void aValidationTellsErrorsAndWarningsAndStoresNothing() throws Exception {
    create("reader");
    capture.finds(
        new Finding(Severity.WARNING, "a.key", "It is odd.", "Mend it."),
        new Finding(Severity.ERROR, "b.key", "It is wrong.", "Correct it."));
    String body = Tutorial.body("validated", "p-validated").replace("p-validated", "p-reader");
    var report = admin.post("/api/v1/connectors/validate", body);
    assertThat(report.statusCode()).as(report.body()).isEqualTo(200);
    assertThat(Answers.list(report, "$.findings[*].key"))
        .containsExactly("topic.prefix", "a.key", "b.key");
    assertThat(Answers.list(report, "$.findings[*].severity"))
        .containsExactly("ERROR", "WARNING", "ERROR");
    assertThat(Answers.text(report, "$.findings[2].remedy")).isEqualTo("Correct it.");
    assertThat(report.body()).contains("\"valid\":false");
    assertNothingOf("validated");
  }

  @Test
  void aServerIdOfAnotherConnectorOnTheSameSourceIsRefused() throws Exception {
    create("first");
    String id = Tutorial.body("first", "p-first").replaceAll(".*server.id\": \"(\\d+)\".*", "$1");
    String same =
        Tutorial.body("second", "p-second").replaceAll("(server.id\": \")\\d+", "$1" + id);
    var answer = admin.post("/connectors", same);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("database.server.id: The connector first");
    assertThat(admin.post("/connectors", same.replace("3306", "3307")).statusCode()).isEqualTo(201);
  }

  private void awaitState(String name, String state) {
    until(
        name + " to be " + state,
        () -> Answers.text(admin.get("/connectors/" + name + "/status"), "$.connector.state"),
        state::equals);
  }
}
