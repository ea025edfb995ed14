package dev.lockstep.admin.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.Answers;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.stack.junit.Eventually;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("types")
@ExtendWith(Servers.class)
class MappingRecoveryTest {
  private static final String MAPPINGS = "/api/v1/mappings";
  private static final String BODY = "{\"tables\":\"a\\\\.b\",\"keyless\":\"REFUSE\"}";

  @TempDir Path folder;

  @Test
  void aNewDatabaseAdoptsTheMappingsOfALiveSuite() throws Exception {
    KafkaSettings kafka = AnsweringCapture.freshTopics();
    try (Admin topics = Admin.create(kafka.clientProperties())) {
      ControlTopics.ensure(topics, kafka, Duration.ofSeconds(20));
    }
    String topic = kafka.topics().mappings();
    var old =
        ControlCodec.decode(
            "{\"name\":\"old\",\"tables\":\"x\\\\..*\",\"keyless\":\"REFUSE\"}"
                .getBytes(StandardCharsets.UTF_8),
            TableMapping.class);
    TopicRecords.write(kafka, topic, "old", old);
    TopicRecords.write(kafka, topic, "dead", old);
    TopicRecords.write(kafka, topic, "dead", null);
    TopicRecords.write(kafka, topic, "broken", "not a mapping");
    TopicRecords.write(kafka, topic, "misnamed", old);
    try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
      var listed = admin.get(MAPPINGS);
      assertThat(Answers.list(listed, "$.items[*].name")).containsExactly("old");
      assertThat(Answers.text(listed, "$.items[0].tables")).isEqualTo("x\\..*");
      assertThat(Answers.text(listed, "$.items[0].keyless")).isEqualTo("REFUSE");
      assertThat(TopicRecords.of(topic, "old", kafka)).hasSize(1);
      assertThat(admin.put(MAPPINGS + "/old", BODY).statusCode()).isEqualTo(200);
      assertThat(admin.delete(MAPPINGS + "/old").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aUsedDatabaseAdoptsNothingEvenWhenItsLastMappingIsDeleted() throws Exception {
    KafkaSettings kafka = AnsweringCapture.freshTopics();
    String topic = kafka.topics().mappings();
    try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
      assertThat(admin.put(MAPPINGS + "/kept", BODY).statusCode()).isEqualTo(201);
      assertThat(admin.put(MAPPINGS + "/gone", BODY).statusCode()).isEqualTo(201);
      assertThat(admin.delete(MAPPINGS + "/gone").statusCode()).isEqualTo(204);
    }
    try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
      assertThat(Answers.list(admin.get(MAPPINGS), "$.items[*].name")).containsExactly("kept");
      assertThat(admin.delete(MAPPINGS + "/kept").statusCode()).isEqualTo(204);
      awaitDeleted(kafka, "kept");
    }
    var foreign = TableMapping.of("kept", ".*");
    TopicRecords.write(kafka, topic, "kept", foreign);
    try (var admin = RunningAdmin.start(kafka, folder).awaitReady()) {
      assertThat(Answers.list(admin.get(MAPPINGS), "$.items")).isEmpty();
    }
  }

  @Test
  void withoutKafkaAChangeIsRefusedUntilItIsKnownWhatToAdoptThenKeptForKafka() throws Exception {
    try (var server = SharedServers.ownKafka()) {
      server.start();
      var kafka = KafkaSettings.at(server.bootstrapServers());
      server.stop();
      try (var admin = RunningAdmin.start(kafka, folder)) {
        var refused = admin.put(MAPPINGS + "/early", BODY);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Answers.text(refused, "$.type")).isEqualTo("/problems/not-ready");
        server.start();
        admin.awaitReady();
        assertThat(admin.put(MAPPINGS + "/early", BODY).statusCode()).isEqualTo(201);
        server.kill();
        assertThat(admin.delete(MAPPINGS + "/early").statusCode()).isEqualTo(204);
        server.start();
        awaitDeleted(kafka, "early");
      }
    }
  }

  private static void awaitDeleted(KafkaSettings kafka, String name) {
    Eventually.eventuallySees(
        "the deletion of " + name,
        Duration.ofSeconds(60),
        () -> TopicRecords.of(kafka.topics().mappings(), name, kafka),
        records -> List.of(Optional.empty()).contains(records.getLast()));
  }
}
