package dev.lockstep.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.TopicRecords.Published;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectCallsTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

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
  void aNameThatIsTakenIsAConflict() throws Exception {
    create("taken");
    var response = admin.post("/connectors", Tutorial.body("taken", "another"));
    assertError(response, 409, "Connector taken already exists");
    assertThat(TopicRecords.about("taken", kafka)).hasSize(1);
  }

  @Test
  void ofRequestsThatTakeTheSameNameAtOnceOneWins() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            threads.submit(() -> admin.post("/connectors", Tutorial.body("raced", "raced"))));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        statuses.add(answer.get().statusCode());
      }
    }
    assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    assertThat(eventuallyPublished("raced", 1)).hasSize(1);
  }

  @Test
  void aTopicPrefixOfAnotherConnectorIsRefusedWithItsName() throws Exception {
    create("owner");
    var response = admin.post("/connectors", Tutorial.body("rival", "p-owner"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message"))
        .startsWith("Connector configuration is invalid and contains the following 1 error(s):")
        .contains("\ntopic.prefix: The connector owner uses this prefix already");
    assertNothingOf("rival");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"name\": \"x\", \"config\": { \"database.password\": hunter2 } }",
        "{ \"name\": \"x\"",
        "[]",
        "null",
        "\"x\"",
        "{}",
        "{ \"name\": \"x\", \"config\": [] }",
        "{ \"name\": { }, \"config\": {} }",
        "{ \"name\": \"x\", \"config\": {} } more",
        "{ \"name\": \"x\", \"config\": {}, \"initial_state\": \"PAUSED\" }",
        ""
      })
  void aBodyThatIsNotAConnectorIsRefusedWithoutQuotingIt(String body) throws Exception {
    var response = admin.post("/connectors", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(Answers.number(response, "$.error_code")).isEqualTo(400);
    assertThat(Answers.text(response, "$.message")).isNotBlank().doesNotContain("hunter2");
  }

  @Test
  void deepJsonIsRefused() throws Exception {
    String deep = "{\"a\":".repeat(10_000);
    var response = admin.post("/connectors", "{\"name\":\"x\",\"config\":{\"k\":" + deep);
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void everyBadValueIsNamed() throws Exception {
    var response =
        admin.post(
            "/connectors",
            """
            {"name": "x", "config": {
              "connector.class": "c", "a.null": null, "an.object": {"b": [1]}, "an.array": []}}
            """);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message"))
        .startsWith("Connector configuration is invalid and contains the following 3 error(s):")
        .contains("\na.null: ", "\nan.object: ", "\nan.array: ");
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
  void whatPreflightFindsIsToldInKafkaConnectsWordsAndNothingIsStored() throws Exception {
    capture.finds(
        new Finding(Severity.ERROR, "database.password", "It is wrong.", "Set the right one."),
        new Finding(Severity.ERROR, "table.include.list", "No table matches.", "Correct it."),
        new Finding(Severity.WARNING, "tasks.max", "One is enough.", "Leave it out."));
    var response = admin.post("/connectors", Tutorial.body("refused", "refused"));
    assertError(
        response,
        400,
        """
        Connector configuration is invalid and contains the following 2 error(s):
        database.password: It is wrong. Set the right one.
        table.include.list: No table matches. Correct it.\
        """);
    assertNothingOf("refused");
  }

  @Test
  void warningsDoNotRefuse() throws Exception {
    capture.finds(new Finding(Severity.WARNING, "tasks.max", "One is enough.", "Leave it out."));
    create("warned");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /connectors/none, Connector none not found",
    "GET, /connectors/none/config, Connector none not found",
    "GET, /connectors/none/status, Connector none not found",
    "DELETE, /connectors/none, Connector none not found",
    "GET, /connectors/%C3%BC%20x, Connector ü x not found",
    "GET, /connectors/a%2Fb, Connector a/b not found"
  })
  void anUnknownConnectorIsNotFound(String method, String path, String message) throws Exception {
    assertError(admin.send(method, path, null, Map.of()), 404, message);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /connectors/a/b/c, 404",
    "PATCH, /connectors, 405",
    "POST, /connectors/x/config, 405",
    "POST, /, 405"
  })
  void framesErrorsAsKafkaConnectDoes(String method, String path, int status) throws Exception {
    var response = admin.send(method, path, "{}", JSON);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(Answers.number(response, "$.error_code")).isEqualTo(status);
    assertThat(Answers.text(response, "$.message")).startsWith("HTTP " + status + " ");
  }

  @Test
  void onlyJsonIsTakenAndGiven() throws Exception {
    var form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    var taken = admin.send("POST", "/connectors", Tutorial.BODY, form);
    assertThat(taken.statusCode()).isEqualTo(415);
    assertThat(Answers.number(taken, "$.error_code")).isEqualTo(415);
    var given = admin.send("GET", "/connectors", null, Map.of("Accept", "text/csv"));
    assertThat(given.statusCode()).isEqualTo(406);
    assertThat(Answers.number(given, "$.error_code")).isEqualTo(406);
  }

  @Test
  void aBodyOfMoreThanAMebibyteIsRefused() throws Exception {
    String large = Tutorial.body("large", "x".repeat(1024 * 1024));
    var response = admin.post("/connectors", large);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(Answers.number(response, "$.error_code")).isEqualTo(413);
  }

  @Test
  void aConnectorsNameMustBeTheSameEverywhere() throws Exception {
    var response = admin.post("/connectors", "{\"name\":\"a\",\"config\":{\"name\":\"b\"}}");
    assertError(
        response,
        400,
        "Connector name configuration (b) doesn't match connector name in the URL (a)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "a\\u0007b", "..", "a\\\\b"})
  void aNameThatCanNotBeAddressedIsRefused(String name) throws Exception {
    var response =
        admin.post(
            "/connectors", "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"c\"}}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message")).contains("\nname: ");
  }

  @Test
  void aNameWithSpacesAndUmlautsWorksEncoded() throws Exception {
    create("größe 100% & mehr");
    String path = "/connectors/gr%C3%B6%C3%9Fe%20100%25%20%26%20mehr";
    assertThat(admin.get(path).statusCode()).isEqualTo(200);
    assertThat(admin.delete(path).statusCode()).isEqualTo(204);
  }

  @Test
  void connectorClassIsRequired() throws Exception {
    var response = admin.post("/connectors", "{\"name\":\"c\",\"config\":{}}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message"))
        .contains("\nconnector.class: Missing required configuration \"connector.class\"");
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
  void theMaskIsNoSecretOfANewConnector() throws Exception {
    String masked = Tutorial.body("mask", "mask").replace("\"dbz\"", "\"********\"");
    var response = admin.post("/connectors", masked);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message")).contains("\ndatabase.password: ");
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

  private void report(String name, ConnectorStatus.State state, long generation) throws Exception {
    var status =
        new ConnectorStatus(name, state, "capture-1:8081", generation, "because", Instant.now());
    TopicRecords.write(kafka, kafka.topics().status(), ConnectorStatus.recordKey(name), status);
  }

  private void create(String name) throws Exception {
    var response = admin.post("/connectors", Tutorial.body(name, "p-" + name));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }

  private void assertNothingOf(String name) throws Exception {
    assertThat(admin.get("/connectors/" + name).statusCode()).isEqualTo(404);
    assertThat(TopicRecords.about(name, kafka)).isEmpty();
  }

  private List<Published> eventuallyPublished(String name, int count) {
    return until(
        count + " records about " + name,
        () -> TopicRecords.about(name, kafka),
        records -> records.size() == count);
  }

  private static <T> T until(String what, Callable<T> look, Predicate<T> expected) {
    return Eventually.eventuallySees(what, Duration.ofSeconds(20), look, expected);
  }

  private void assertError(HttpResponse<String> response, int status, String message) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Answers.number(response, "$.error_code")).isEqualTo(status);
    assertThat(Answers.text(response, "$.message")).isEqualTo(message);
  }
}
