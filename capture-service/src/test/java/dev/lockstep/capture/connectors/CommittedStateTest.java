package dev.lockstep.capture.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaClients;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.junit.Servers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("main-job")
@ExtendWith(Servers.class)
class CommittedStateTest {
  @Test
  void anotherConnectorsOpenTransactionHidesNoCommittedOffset(KafkaServer kafka) throws Exception {
    var settings =
        new KafkaSettings(kafka.bootstrapServers(), "suite-hidden", (short) -1, Map.of());
    try (var admin = Admin.create(settings.clientProperties());
        var one = producer(settings, "one");
        var other = producer(settings, "other")) {
      ControlTopics.ensure(admin, settings, Duration.ofSeconds(20));
      commit(one, settings, 1);
      other.beginTransaction();
      send(other, settings, "other", 1);
      commit(one, settings, 2);
      try (var committed = new CommittedState(settings, admin, KafkaClients.NETWORK)) {
        assertThatThrownBy(() -> committed.awaitEverythingWritten(Duration.ofSeconds(2)))
            .isInstanceOf(TimeoutException.class);
        other.abortTransaction();
        committed.awaitEverythingWritten(Duration.ofSeconds(20));
        assertThat(committed.offset("one").orElseThrow().version()).isEqualTo(2);
        assertThat(committed.offset("other")).isEmpty();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(KafkaSettings settings, String id) {
    Map<String, Object> properties = settings.clientProperties();
    properties.put("transactional.id", "suite-hidden-" + id);
    properties.put("key.serializer", ByteArraySerializer.class);
    properties.put("value.serializer", ByteArraySerializer.class);
    var producer = new KafkaProducer<byte[], byte[]>(properties);
    producer.initTransactions();
    return producer;
  }

  private static void commit(
      KafkaProducer<byte[], byte[]> producer, KafkaSettings settings, long version)
      throws Exception {
    producer.beginTransaction();
    send(producer, settings, "one", version);
    producer.commitTransaction();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      KafkaSettings settings,
      String connector,
      long version)
      throws Exception {
    var offset =
        new SourceOffset(Map.of("server", connector), Map.of("pos", version), version, null, null);
    producer
        .send(
            new ProducerRecord<>(
                settings.topics().offsets(),
                ControlCodec.key(connector),
                ControlCodec.encode(offset)))
        .get(10, TimeUnit.SECONDS);
  }
}
