package dev.lockstep.capture;

import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.SecuredKafka;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Whatever client would not take the settings could not come in. */
@Tag("capture")
@ExtendWith(Servers.class)
class SecuredKafkaTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String PREFIX = "secured";

  @Test
  void everyClientOfTheServiceComesInByTlsAndSasl(MySqlServer mysql) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE secured_kafka");
      statement.execute("CREATE TABLE secured_kafka.t (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO secured_kafka.t VALUES (1), (2)");
    }
    try (SecuredKafka kafka = SecuredKafka.start();
        var service = new SpringApplicationBuilder(CaptureApplication.class).run(arguments(kafka));
        Admin admin = Admin.create(settings(kafka).clientProperties())) {
      assertThat(service.isRunning()).isTrue();
      await("the control topics", () -> topics(admin), topics -> topics.contains("secured.status"));
      publish(kafka, mysql);
      await("the data topic", () -> topics(admin), topics -> topics.contains("sk.secured_kafka.t"));
      await("the rows", () -> end(admin, "sk.secured_kafka.t"), end -> end >= 2);
      assertThat(end(admin, "secured.schema-history.sk")).isPositive();
      assertThat(end(admin, "secured.offsets")).isPositive();
      assertThat(end(admin, "secured.status")).isPositive();
      await("the preflight's listener", () -> members(admin), count -> count == 1);
    }
  }

  private static String[] arguments(SecuredKafka kafka) {
    return Stream.concat(
            Stream.of(
                "--server.port=0",
                "--lockstep.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--lockstep.kafka.topic-prefix=" + PREFIX),
            kafka.clientProperties().entrySet().stream()
                .map(
                    entry ->
                        "--lockstep.kafka.properties.%s=%s"
                            .formatted(entry.getKey(), entry.getValue())))
        .toArray(String[]::new);
  }

  private static KafkaSettings settings(SecuredKafka kafka) {
    return new KafkaSettings(
        kafka.bootstrapServers(), PREFIX, (short) -1, kafka.clientProperties());
  }

  private static <T> void await(String what, Callable<T> look, Predicate<T> expected) {
    T _ = eventuallySees(what, LIMIT, look, expected);
  }

  private static Set<String> topics(Admin admin) throws Exception {
    return admin.listTopics().names().get(20, TimeUnit.SECONDS);
  }

  private static long end(Admin admin, String topic) throws Exception {
    var partition = new TopicPartition(topic, 0);
    ListOffsetsResultInfo end =
        admin
            .listOffsets(Map.of(partition, OffsetSpec.latest()))
            .partitionResult(partition)
            .get(20, TimeUnit.SECONDS);
    return end.offset();
  }

  private static int members(Admin admin) throws Exception {
    String group = PREFIX + "-capture-preflight";
    return admin
        .describeConsumerGroups(List.of(group))
        .describedGroups()
        .get(group)
        .get(20, TimeUnit.SECONDS)
        .members()
        .size();
  }

  private static void publish(SecuredKafka kafka, MySqlServer mysql) throws Exception {
    Map<String, String> config =
        Map.of(
            "connector.class", "io.debezium.connector.mysql.MySqlConnector",
            "database.hostname", mysql.host(),
            "database.port", String.valueOf(mysql.port()),
            "database.user", mysql.user(),
            "database.password", mysql.password(),
            "topic.prefix", "sk",
            "database.include.list", "secured_kafka");
    byte[] spec = ControlCodec.encode(new ConnectorSpec("sk", config, DesiredState.RUNNING, 1));
    try (var producer =
        new KafkaProducer<byte[], byte[]>(
            settings(kafka).clientProperties(),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(PREFIX + ".connectors", ControlCodec.key("sk"), spec))
          .get(20, TimeUnit.SECONDS);
    }
  }
}
