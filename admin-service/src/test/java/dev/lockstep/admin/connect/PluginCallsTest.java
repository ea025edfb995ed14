package dev.lockstep.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("main-job")
class PluginCallsTest extends ConnectCallsFixture {
  private static final String MYSQL = "io.debezium.connector.mysql.MySqlConnector";
  private static final String MARIADB = "io.debezium.connector.mariadb.MariaDbConnector";

  private HttpResponse<String> validate(String plugin, String config) throws Exception {
    return admin.put("/connector-plugins/" + plugin + "/config/validate", config);
  }

  private static String named(String name, String prefix) {
    return Tutorial.config(name, prefix).replaceFirst("\\{", "{\"name\": \"" + name + "\", ");
  }

  @ParameterizedTest
  @ValueSource(strings = {MYSQL, "MySqlConnector", "MySql"})
  void aConfigIsTriedUnderEachNameOfThePlugin(String plugin) throws Exception {
    var answer = validate(plugin, named("tried", "tried"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Answers.text(answer, "$.name")).isEqualTo(MYSQL);
    assertThat(Answers.number(answer, "$.error_count")).isZero();
    assertThat(Answers.list(answer, "$.groups")).containsExactly("G");
    assertThat(Answers.map(answer, "$.configs[0].definition"))
        .containsEntry("name", "database.password")
        .containsEntry("type", "STRING")
        .containsEntry("required", true)
        .containsEntry("default_value", null)
        .containsEntry("importance", "HIGH")
        .containsEntry("documentation", "It is so.")
        .containsEntry("group", "G")
        .containsEntry("order_in_group", 1)
        .containsEntry("width", "SHORT")
        .containsEntry("display_name", "database.password")
        .containsEntry("dependents", List.of())
        .hasSize(11);
    assertThat(Answers.map(answer, "$.configs[0].value"))
        .containsEntry("name", "database.password")
        .containsEntry("value", "********")
        .containsEntry("recommended_values", List.of())
        .containsEntry("errors", List.of())
        .containsEntry("visible", true)
        .hasSize(5);
    assertThat(Answers.text(answer, "$.configs[1].value.value")).isEqualTo("1");
    assertNothingOf("tried");
  }

  @Test
  void eachErrorStandsWithItsKeyAndWarningsDoNotCount() throws Exception {
    create("holder");
    capture.finds(
        new Finding(Severity.ERROR, "database.password", "It is wrong.", "Set it right."),
        new Finding(Severity.ERROR, "no.such.key", "Unknown.", "Remove it."),
        new Finding(Severity.WARNING, "tasks.max", "One is enough.", "Leave it out."));
    var answer = validate("MySqlConnector", named("faulty", "p-holder"));
    assertThat(Answers.number(answer, "$.error_count")).isEqualTo(3);
    assertThat(Answers.list(answer, "$.configs[0].value.errors"))
        .containsExactly("It is wrong. Set it right.");
    assertThat(Answers.list(answer, "$.configs[1].value.errors")).isEmpty();
    assertThat(Answers.list(answer, "$.configs[?(@.definition == null)].value.name"))
        .containsExactly("topic.prefix", "no.such.key");
    assertThat(answer.body()).doesNotContain("\"dbz\"");
    assertNothingOf("faulty");
  }

  @Test
  void aMissingNameIsAnError() throws Exception {
    var answer = validate("MySqlConnector", Tutorial.config("unnamed", "unnamed"));
    assertThat(Answers.number(answer, "$.error_count")).isEqualTo(1);
    assertThat(Answers.list(answer, "$.configs[?(@.definition == null)].value.name"))
        .containsExactly("name");
  }

  @Test
  void theMaskStandsForTheSecretOfAConnectorThatExists() throws Exception {
    create("known");
    String masked = named("known", "p-known").replace("\"dbz\"", "\"********\"");
    assertThat(Answers.number(validate("MySqlConnector", masked), "$.error_count")).isZero();
    assertThat(capture.asked().getLast().config()).containsEntry("database.password", "dbz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nothing", "Connector", "connector.mysql.MySqlConnector"})
  void anUnknownPluginIsNotFound(String plugin) throws Exception {
    var answer = validate(plugin, named("tried", "tried"));
    assertError(
        answer, 404, "Unknown plugin " + plugin + ". There are: " + MYSQL + ", " + MARIADB + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {MARIADB, "MariaDbConnector", "MariaDb"})
  void aConfigForMariaDbIsTriedUnderEachNameOfItsPlugin(String plugin) throws Exception {
    var answer = validate(plugin, named("tried", "tried").replace(MYSQL, MARIADB));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Answers.text(answer, "$.name")).isEqualTo(MARIADB);
    assertThat(capture.asked().getLast().config()).containsEntry("connector.class", MARIADB);
  }

  @Test
  void theConfigMustBeOfThePlugin() throws Exception {
    String other = named("other", "other").replace(MYSQL, "a.b.SomeConnector");
    assertError(
        validate("MySqlConnector", other),
        400,
        "Included connector type a.b.SomeConnector does not match request type MySqlConnector");
    var none = validate("MySqlConnector", "{\"name\": \"x\"}");
    assertError(none, 400, "Connector config contains no connector type. Give it connector.class.");
    assertThat(validate("MySqlConnector", "[]").statusCode()).isEqualTo(400);
  }
}
