package dev.lockstep.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightReport.Severity;
import dev.lockstep.stack.junit.Servers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("main-job")
@ExtendWith(Servers.class)
class SecretsNeverLeakTest {
  private static final String SECRET = "s3cr3t-4711";
  private static final String URL_SECRET = "ur1-4712";

  @TempDir Path folder;

  /** Keeps the lines that hold a secret, at whatever level. */
  private static final class Leaks extends AppenderBase<ILoggingEvent> {
    final Queue<String> lines = new ConcurrentLinkedQueue<>();
    volatile long seen;

    @Override
    protected void append(ILoggingEvent event) {
      seen++;
      String line = event.getLoggerName() + event.getFormattedMessage() + event.getKeyValuePairs();
      String all = line + causes(event.getThrowableProxy());
      if (all.contains(SECRET) || all.contains(URL_SECRET)) {
        lines.add(all);
      }
    }

    private static String causes(@Nullable IThrowableProxy thrown) {
      return thrown == null ? "" : thrown.getMessage() + causes(thrown.getCause());
    }
  }

  @Test
  void noAnswerAndNoLogLineHoldsASecret() throws Exception {
    KafkaSettings kafka = AnsweringCapture.freshTopics();
    var leaks = new Leaks();
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (var capture = AnsweringCapture.start(kafka);
        var admin =
            RunningAdmin.start(
                    kafka,
                    folder,
                    "--logging.level.root=DEBUG",
                    "--logging.level.org.springframework.jdbc=TRACE",
                    "--logging.level.dev.lockstep=TRACE")
                .awaitReady()) {
      var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      leaks.start();
      root.addAppender(leaks);
      answers.addAll(everyCall(admin, capture));
      breakDatabase(admin);
      answers.add(admin.put("/connectors/inventory-connector/config", config()));
      answers.add(admin.get("/connectors"));
      assertThat(answers.getLast().statusCode()).isEqualTo(503);
      root.detachAppender(leaks);
    }
    assertThat(leaks.seen).isGreaterThan(100);
    assertThat(leaks.lines).isEmpty();
    assertThat(answers)
        .extracting(HttpResponse::body)
        .noneMatch(body -> body.contains(SECRET) || body.contains(URL_SECRET));
    assertThat(TopicRecords.about("inventory-connector", kafka)).isNotEmpty();
  }

  private static List<HttpResponse<String>> everyCall(RunningAdmin admin, AnsweringCapture capture)
      throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>();
    answers.add(admin.post("/connectors", "{\"name\":\"x\",\"config\":{\"p\":" + SECRET + "}}"));
    answers.add(admin.post("/connectors", body()));
    assertThat(answers.getLast().statusCode()).as(answers.getLast().body()).isEqualTo(201);
    answers.add(admin.post("/connectors", body()));
    answers.add(admin.get("/"));
    answers.add(admin.get("/connectors"));
    answers.add(admin.get("/connectors?expand=info&expand=status"));
    answers.add(admin.get("/connectors/inventory-connector"));
    answers.add(admin.get("/connectors/inventory-connector/config"));
    answers.add(admin.get("/connectors/inventory-connector/status"));
    answers.add(admin.put("/connectors/inventory-connector/config", config()));
    capture.finds(new Finding(Severity.ERROR, "database.password", "It is wrong.", "Mend it."));
    answers.add(admin.put("/connectors/inventory-connector/config", config()));
    assertThat(answers.getLast().statusCode()).isEqualTo(400);
    answers.add(admin.post("/connectors", body().replace("inventory-c", "other-c")));
    answers.add(admin.get("/api/v1/connectors"));
    answers.add(admin.get("/api/v1/tables"));
    answers.add(admin.get("/actuator/health"));
    answers.add(admin.get("/actuator/health/readiness"));
    answers.add(admin.get("/actuator/env"));
    answers.add(admin.get("/v3/api-docs"));
    capture.finds();
    return answers;
  }

  /** The database is the service's own and answers no more. */
  private static void breakDatabase(RunningAdmin admin) {
    admin.bean(JdbcClient.class).sql("DROP TABLE connectors").update();
  }

  private static String config() {
    String body = body();
    return body.substring(body.indexOf("\"config\": ") + 10, body.length() - 2);
  }

  private static String body() {
    return Tutorial.BODY
        .replace("\"dbz\"", "\"" + SECRET + "\"")
        .replace(
            "\"tasks.max\"",
            "\"driver.jaas.config\": \"x password='"
                + SECRET
                + "'\", \"database.ssl.keystore.password\": \""
                + SECRET
                + "\", \"some.url\": \"http://user:"
                + URL_SECRET
                + "@host/\", \"tasks.max\"");
  }
}
