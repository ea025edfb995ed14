package dev.lockstep.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("main-job")
class ConnectErrorsTest extends ConnectCallsFixture {
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
  @ValueSource(strings = {"", " ", "a/b", "a\\u0007b", "..", "a\\\\b", "a\\ud800"})
  void aNameThatCanNotBeAddressedIsRefused(String name) throws Exception {
    var response =
        admin.post(
            "/connectors", "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"c\"}}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message")).contains("\nname: ");
  }

  @Test
  void connectorClassIsRequired() throws Exception {
    var response = admin.post("/connectors", "{\"name\":\"c\",\"config\":{}}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message"))
        .contains("\nconnector.class: Missing required configuration \"connector.class\"");
  }

  @Test
  void theMaskIsNoSecretOfANewConnector() throws Exception {
    String masked = Tutorial.body("mask", "mask").replace("\"dbz\"", "\"********\"");
    var response = admin.post("/connectors", masked);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Answers.text(response, "$.message")).contains("\ndatabase.password: ");
  }
}
