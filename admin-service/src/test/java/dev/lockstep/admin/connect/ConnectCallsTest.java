package dev.lockstep.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.TopicRecords.Published;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("main-job")
class ConnectCallsTest extends ConnectCallsFixture {
  @Test
  void theCurlOfDebeziumsTutorialMakesAConnector() throws Exception {
    var response =
        admin.send(
            "POST",
            "/connectors/",
            Tutorial.BODY,
            Map.of("Accept", "application/json", "Content-Type", "application/json"));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location"))
        .hasValue(admin.base() + "/connectors/inventory-connector");
    assertThat(Answers.text(response, "$.name")).isEqualTo("inventory-connector");
    assertThat(Answers.text(response, "$.type")).isEqualTo("source");
    assertThat(Answers.list(response, "$.tasks")).isEmpty();
    assertThat(Answers.map(response, "$.config"))
        .containsEntry("name", "inventory-connector")
        .containsEntry("topic.prefix", "dbserver1")
        .containsEntry("database.password", "********")
        .hasSize(12);

    Published published = eventuallyPublished("inventory-connector", 1).getFirst();
    var spec = Objects.requireNonNull(published.spec());
    assertThat(spec.generation()).isEqualTo(1);
    assertThat(spec.desiredState()).isEqualTo(DesiredState.RUNNING);
    assertThat(spec.config())
        .containsEntry("database.password", "dbz")
        .containsEntry("name", "inventory-connector");
    assertThat(capture.asked()).anyMatch(asked -> asked.config().equals(spec.config()));
  }

  @Test
  void numbersAndBooleansBecomeStringsAsTheyAreWritten() throws Exception {
    String body =
        """
        {"name": "typed", "config": {"connector.class": "c", "topic.prefix": "typed",
          "an.int": 184054, "a.decimal": 1.50, "a.boolean": true, "an.exponent": 1e3}}
        """;
    var response = admin.post("/connectors", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    var published = eventuallyPublished("typed", 1).getFirst();
    assertThat(Objects.requireNonNull(published.spec()).config())
        .containsEntry("an.int", "184054")
        .containsEntry("a.decimal", "1.50")
        .containsEntry("a.boolean", "true")
        .containsEntry("an.exponent", "1e3");
  }

  @Test
  void warningsDoNotRefuse() throws Exception {
    capture.finds(new Finding(Severity.WARNING, "tasks.max", "One is enough.", "Leave it out."));
    create("warned");
  }

  @Test
  void aNameWithSpacesAndUmlautsWorksEncoded() throws Exception {
    create("größe 100% & mehr");
    String path = "/connectors/gr%C3%B6%C3%9Fe%20100%25%20%26%20mehr";
    assertThat(admin.get(path).statusCode()).isEqualTo(200);
    assertThat(admin.delete(path).statusCode()).isEqualTo(204);
  }

  @Test
  void putMakesAConnectorThenChangesIt() throws Exception {
    var made = admin.put("/connectors/put/config", Tutorial.config("put", "put"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location")).isPresent();
    var changed =
        admin.put("/connectors/put/config/", Tutorial.config("put", "put").replace("3306", "3307"));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(Answers.text(changed, "$.config['database.port']")).isEqualTo("3307");
    assertThat(eventuallyPublished("put", 2))
        .extracting(item -> Objects.requireNonNull(item.spec()).generation())
        .containsExactly(1L, 2L);
  }

  @Test
  void aMaskedValueKeepsTheSecret() throws Exception {
    create("masked");
    String shown = admin.get("/connectors/masked/config").body();
    assertThat(shown).contains("\"database.password\":\"********\"").doesNotContain("dbz\"");
    assertThat(admin.put("/connectors/masked/config", shown).statusCode()).isEqualTo(200);
    var kept = eventuallyPublished("masked", 2).getLast();
    assertThat(Objects.requireNonNull(kept.spec()).config())
        .containsEntry("database.password", "dbz");
  }

  @Test
  void aDeletedConnectorIsATombstoneAndItsGenerationsGoOn() throws Exception {
    create("deleted");
    assertThat(admin.delete("/connectors/deleted").statusCode()).isEqualTo(204);
    assertThat(admin.get("/connectors/deleted").statusCode()).isEqualTo(404);
    assertThat(eventuallyPublished("deleted", 2).getLast().spec()).isNull();
    create("deleted");
    var again = eventuallyPublished("deleted", 3).getLast();
    assertThat(Objects.requireNonNull(again.spec()).generation()).isEqualTo(3);
  }

  @Test
  void listsNamesAndExpandsThem() throws Exception {
    create("listed");
    assertThat(Answers.list(admin.get("/connectors"), "$")).contains("listed");
    var expanded = admin.get("/connectors?expand=status&expand=info");
    assertThat(Answers.text(expanded, "$.listed.info.name")).isEqualTo("listed");
    assertThat(Answers.text(expanded, "$.listed.status.connector.state")).isEqualTo("UNASSIGNED");
    assertThat(expanded.body()).doesNotContain("\"dbz\"");
  }

  @ParameterizedTest
  @CsvSource({
    "STARTING, UNASSIGNED, UNASSIGNED",
    "RUNNING, RUNNING, RUNNING",
    "RETRYING, RUNNING, RESTARTING",
    "PAUSED, PAUSED, PAUSED",
    "FAILED, FAILED, FAILED"
  })
  void statusIsWhatWasReportedOfThisGeneration(
      ConnectorStatus.State reported, String state, String task) throws Exception {
    String name = "state-" + reported;
    create(name);
    report(name, ConnectorStatus.State.RUNNING, 0);
    assertThat(Answers.text(admin.get("/connectors/" + name + "/status"), "$.connector.state"))
        .isEqualTo("UNASSIGNED");
    report(name, reported, 1);
    var response =
        until(
            "the report",
            () -> admin.get("/connectors/" + name + "/status"),
            answer -> answer.body().contains("capture-1:8081"));
    assertThat(Answers.text(response, "$.connector.state")).isEqualTo(state);
    assertThat(Answers.text(response, "$.connector.worker_id")).isEqualTo("capture-1:8081");
    assertThat(Answers.number(response, "$.tasks[0].id")).isZero();
    assertThat(Answers.text(response, "$.tasks[0].state")).isEqualTo(task);
    assertThat(Answers.text(response, "$.tasks[0].trace")).isEqualTo("because");
    assertThat(Answers.list(admin.get("/connectors/" + name), "$.tasks")).hasSize(1);
  }

  @Test
  void tellsKafkasClusterId() throws Exception {
    var response = admin.get("/");
    assertThat(Answers.text(response, "$.version")).startsWith("4.");
    assertThat(Answers.text(response, "$.commit")).isNotBlank();
    assertThat(Answers.text(response, "$.kafka_cluster_id")).isNotBlank();
  }
}
