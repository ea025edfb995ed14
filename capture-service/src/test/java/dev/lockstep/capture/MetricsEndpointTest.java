package dev.lockstep.capture;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

@Tag("capture")
@ExtendWith(Servers.class)
class MetricsEndpointTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PREFIX = "metrics-endpoint";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theServiceExposesItsConnectorsToPrometheusUntilTheyAreDeleted(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE exposed");
      statement.execute("CREATE TABLE exposed.t (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO exposed.t VALUES (1), (2)");
    }
    var application = new SpringApplicationBuilder(CaptureApplication.class);
    try (var service =
        application.run(
            "--server.port=0",
            "--lockstep.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--lockstep.kafka.topic-prefix=" + PREFIX,
            "--lockstep.capture.progress.interval=200ms")) {
      int port = ((WebServerApplicationContext) service).getWebServer().getPort();
      await(port, "the page", "jvm_memory_used_bytes");
      publish(kafka, mysql, false);
      String page =
          await(
              port,
              "the snapshot and no lag",
              "lockstep_capture_connector_state{connector=\"exposed\",state=\"running\"} 1.0",
              "lockstep_capture_events_total{connector=\"exposed\",kind=\"read\"} 2.0",
              "lockstep_capture_lag_bytes{connector=\"exposed\"} 0.0",
              "lockstep_capture_lag_transactions{connector=\"exposed\"} 0.0",
              "lockstep_capture_lag_seconds{connector=\"exposed\"} 0.0");
      assertThat(page).contains("# HELP lockstep_capture_lag_bytes Binlog between");
      publish(kafka, mysql, true);
      eventuallySees("no meters of it", LIMIT, () -> page(port), seen -> !seen.contains("exposed"));
    }
  }

  private String await(int port, String what, String... lines) {
    return eventuallySees(
        what, LIMIT, () -> page(port), seen -> Stream.of(lines).allMatch(seen::contains));
  }

  private String page(int port) throws Exception {
    URI uri = URI.create("http://localhost:" + port + "/actuator/prometheus");
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static void publish(KafkaServer kafka, MySqlServer mysql, boolean deleted)
      throws Exception {
    Map<String, String> config =
        Map.of(
            "connector.class", "io.debezium.connector.mysql.MySqlConnector",
            "database.hostname", mysql.host(),
            "database.port", String.valueOf(mysql.port()),
            "database.user", mysql.user(),
            "database.password", mysql.password(),
            "topic.prefix", "exposed",
            "database.include.list", "exposed");
    KafkaSettings settings = KafkaSettings.at(kafka.bootstrapServers());
    byte[] key = ControlCodec.key("exposed");
    byte @Nullable [] value =
        deleted
            ? null
            : ControlCodec.encode(new ConnectorSpec("exposed", config, DesiredState.RUNNING, 1));
    try (var producer =
        new KafkaProducer<byte[], byte @Nullable []>(
            settings.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(PREFIX + ".connectors", key, value))
          .get(20, TimeUnit.SECONDS);
    }
  }
}
