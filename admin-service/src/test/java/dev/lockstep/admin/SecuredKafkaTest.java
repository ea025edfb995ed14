package dev.lockstep.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admin.harness.AnsweringCapture;
import dev.lockstep.admin.harness.RunningAdmin;
import dev.lockstep.admin.harness.TopicRecords;
import dev.lockstep.admin.harness.Tutorial;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.junit.SecuredKafka;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever client would not take the settings could not come in. */
@Tag("capture")
class SecuredKafkaTest {
  @Test
  void everyClientOfTheServiceComesInByTlsAndSasl(@TempDir Path folder) throws Exception {
    try (SecuredKafka kafka = SecuredKafka.start()) {
      var settings =
          new KafkaSettings(
              kafka.bootstrapServers(), "secured", (short) 1, kafka.clientProperties());
      try (var capture = AnsweringCapture.start(settings);
          var admin = RunningAdmin.start(settings, folder).awaitReady()) {
        assertThat(admin.post("/connectors", Tutorial.BODY).statusCode()).isEqualTo(201);
        assertThat(capture.asked()).hasSize(1);
        assertThat(TopicRecords.about("inventory-connector", settings)).hasSize(1);
      }
    }
  }
}
