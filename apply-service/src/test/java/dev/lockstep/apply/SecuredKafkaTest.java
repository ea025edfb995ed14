package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.SecuredKafka;
import dev.lockstep.stack.junit.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever client would not take the settings could not come in. */
@Tag("capture")
@ExtendWith(Servers.class)
class SecuredKafkaTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Test
  void everyClientOfTheServiceComesInByTlsAndSasl(ClickHouseServer clickHouse) throws Exception {
    try (SecuredKafka broker = SecuredKafka.start()) {
      var kafka =
          new KafkaSettings(
              broker.bootstrapServers(), "secured", (short) 1, broker.clientProperties());
      try (SourceTopic source = new SourceTopic(kafka);
          RunningService service = new RunningService(kafka, clickHouse)) {
        source.connector("s", "src");
        String topic = "src.secured_apply.t";
        source.topic(topic, 1);
        TableSchema schema = source.schema("s", topic, List.of(ID, NAME), List.of("id"));
        source.publish(schema, created("{\"id\":1,\"name\":\"x\"}"), "not an event");
        TablePartitionStatus status =
            eventuallySees(
                "both records",
                LIMIT,
                () -> ControlReader.status(kafka, topic),
                seen -> seen.recordsRead() == 2);
        assertThat(status.recordsQuarantined()).isEqualTo(1);
        assertThat(clickHouse.query("SELECT id, name FROM secured_apply.t FINAL"))
            .isEqualTo("1\tx\n");
        assertThat(ControlReader.records(kafka, kafka.topics().deadLetters(), topic)).hasSize(1);
        assertThat(service.progress(topic)).isPresent();
      }
    }
  }
}
