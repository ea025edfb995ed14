package dev.lockstep.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.stack.junit.Servers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("main-job")
@ExtendWith(Servers.class)
class OpenApiTest {
  @Test
  void everyPathIsDocumentedAndTheSwaggerUiAnswers(@TempDir Path folder) throws Exception {
    try (var admin = RunningAdmin.start(AnsweringCapture.freshTopics(), folder)) {
      var document = admin.get("/v3/api-docs");
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(Answers.map(document, "$.paths").keySet())
          .containsExactlyInAnyOrder(
              "/",
              "/connectors",
              "/connectors/{name}",
              "/connectors/{name}/config",
              "/connectors/{name}/status",
              "/connectors/{name}/pause",
              "/connectors/{name}/resume",
              "/connectors/{name}/stop",
              "/connectors/{name}/restart",
              "/connectors/{name}/tasks",
              "/connectors/{name}/tasks/{task}/status",
              "/connectors/{name}/tasks/{task}/restart",
              "/connector-plugins/{plugin}/config/validate",
              "/api/v1/connectors",
              "/api/v1/connectors/{name}",
              "/api/v1/connectors/validate",
              "/api/v1/mappings",
              "/api/v1/mappings/{name}",
              "/api/v1/mapping-matches",
              "/api/v1/replays",
              "/api/v1/replays/{id}",
              "/api/v1/replays/{id}/cancel",
              "/api/v1/snapshots",
              "/api/v1/snapshots/{id}",
              "/api/v1/snapshots/{id}/pause",
              "/api/v1/snapshots/{id}/resume",
              "/api/v1/snapshots/{id}/cancel",
              "/api/v1/tables",
              "/api/v1/tables/{connector}/{database}/{table}");
      assertThat(Answers.text(document, "$.info.title")).isEqualTo("Lockstep admin-service");
      assertThat(Answers.list(document, "$.tags[*].name"))
          .containsExactly("Kafka Connect", "Lockstep");
      var post = "$.paths['/connectors'].post";
      assertThat(Answers.map(document, post + ".responses"))
          .containsOnlyKeys("201", "400", "406", "409", "413", "415", "500", "503");
      assertThat(
              Answers.text(
                  document,
                  post
                      + ".requestBody.content['application/json'].examples"
                      + "[\"Debezium's tutorial\"].value.name"))
          .isEqualTo("inventory-connector");
      assertThat(Answers.map(document, post)).doesNotContainKey("parameters");
      assertThat(Answers.map(document, "$.components.schemas"))
          .containsKeys("ErrorMessage", "ProblemDetail", "TableProgress");

      var put = "$.paths['/api/v1/mappings/{name}'].put";
      assertThat(Answers.map(document, put + ".responses"))
          .containsOnlyKeys("200", "201", "400", "406", "409", "413", "415", "500", "503");
      assertThat(
              Answers.text(
                  document,
                  put
                      + ".requestBody.content['application/json'].examples"
                      + "['All tables of a database'].value.tables"))
          .isEqualTo("inventory\\..*");
      assertThat(
              Answers.text(
                  document,
                  put + ".responses.400.content['application/problem+json'].example.type"))
          .isEqualTo("/problems/invalid-mapping");

      var page = admin.get("/swagger-ui.html");
      assertThat(page.statusCode()).isEqualTo(302);
      String target = page.headers().firstValue("Location").orElseThrow();
      var ui = admin.send("GET", target.replace(admin.base().toString(), ""), null, Map.of());
      assertThat(ui.statusCode()).isEqualTo(200);
      assertThat(ui.body()).contains("swagger-ui");
    }
  }
}
