package dev.lockstep.apply;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.ClickHouseServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service itself, in this JVM. */
final class RunningService implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  RunningService(KafkaSettings kafka, ClickHouseServer clickHouse, String... more) {
    String[] properties = {
      "--server.port=0",
      "--lockstep.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
      "--lockstep.kafka.topic-prefix=" + kafka.topicPrefix(),
      "--lockstep.kafka.replication-factor=1",
      "--lockstep.apply.status-interval=100ms",
      "--lockstep.apply.consumer-group=" + kafka.topicPrefix() + "-apply",
      "--lockstep.apply.clickhouse.url=" + clickHouse.httpUrl(),
      "--lockstep.apply.clickhouse.user=" + clickHouse.user(),
      "--lockstep.apply.clickhouse.password=" + clickHouse.password()
    };
    this.context =
        SpringApplication.run(
            ApplyApplication.class,
            Stream.of(
                    Stream.of(properties).filter(property -> !isAmong(property, more)),
                    ofClients(kafka),
                    Stream.of(more))
                .flatMap(arguments -> arguments)
                .toArray(String[]::new));
  }

  /** A key that is given twice would have both values. */
  private static boolean isAmong(String property, String[] others) {
    String key = property.substring(0, property.indexOf('=') + 1);
    return Stream.of(others).anyMatch(other -> other.startsWith(key));
  }

  private static Stream<String> ofClients(KafkaSettings kafka) {
    return kafka.properties().entrySet().stream()
        .map(entry -> "--lockstep.kafka.properties." + entry.getKey() + "=" + entry.getValue());
  }

  /** The progress of a topic's only partition. */
  Optional<Progress> progress(String topic) {
    return context.getBean(Offsets.class).snapshot().entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Status and body of a GET. */
  String get(String path) throws Exception {
    String port = context.getEnvironment().getProperty("local.server.port");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
              .timeout(Duration.ofSeconds(5))
              .build();
      var response = client.send(request, BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
