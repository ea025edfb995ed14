package dev.lockstep.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightRequest;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/** The listener as admin-service meets it: asked by a ReplyingKafkaTemplate over real Kafka. */
@Tag("main-job")
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreflightListenerTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private AnnotationConfigApplicationContext service;
  private DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private ReplyingKafkaTemplate<byte[], byte[], byte[]> admin;
  private KafkaSettings settings;

  @BeforeAll
  void start(KafkaServer kafka) throws Exception {
    settings =
        new KafkaSettings(
            kafka.bootstrapServers(), "preflight-test", Short.valueOf((short) 1), Map.of());
    service = new AnnotationConfigApplicationContext();
    service.registerBean(KafkaSettings.class, () -> settings);
    service.registerBean(Credentials.class, () -> new Credentials(CredentialsSettings.DEFAULT));
    service.register(PreflightConfiguration.class);
    service.refresh();
    // The listener runs before its topic is there, as it does at a first start.
    try (Admin topics = Admin.create(settings.clientProperties())) {
      ControlTopics.ensure(topics, settings, LIMIT);
    }
    admin = replyingTemplate();
    assertThat(admin.waitForAssignment(LIMIT)).isTrue();
  }

  private ReplyingKafkaTemplate<byte[], byte[], byte[]> replyingTemplate() {
    var bytes = new ByteArrayDeserializer();
    Map<String, Object> properties = settings.clientProperties();
    properties.put("auto.offset.reset", "latest");
    var replies = new ContainerProperties(settings.topics().adminReplies());
    replies.setGroupId("preflight-test-admin");
    producers =
        new DefaultKafkaProducerFactory<>(
            settings.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    var template =
        new ReplyingKafkaTemplate<>(
            producers,
            new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(properties, bytes, bytes), replies));
    template.setDefaultReplyTimeout(LIMIT);
    template.start();
    return template;
  }

  @AfterAll
  void stop() {
    admin.destroy();
    producers.destroy();
    service.close();
  }

  @Test
  void aRequestIsAnswered(MySqlServer mysql) throws Exception {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.put("database.hostname", mysql.host());
    config.put("database.port", String.valueOf(mysql.port()));
    config.put("database.user", "nobody");
    config.put("database.password", "s3cr3t");
    config.put("database.server.id", "184054");
    config.put("topic.prefix", "inventory");
    config.put("table.inclde.list", "inventory.customers");
    PreflightReport report = ask(ControlCodec.encode(new PreflightRequest("c", config)));
    assertThat(report.findings())
        .extracting(Finding::key)
        .containsExactly("table.inclde.list", "database.password");
  }

  @Test
  void whatIsNoRequestIsAnsweredWithAFinding() throws Exception {
    byte[] json =
        "{\"connector\":\"c\",\"config\":{\"database.password\":[\"s3cr3t\"]}}"
            .getBytes(StandardCharsets.UTF_8);
    PreflightReport report = ask(json);
    assertThat(report.passed()).isFalse();
    assertThat(report.toString()).doesNotContain("s3cr3t");
    assertThat(ask("null".getBytes(StandardCharsets.UTF_8)).passed()).isFalse();
  }

  @Test
  void theKeysThatAConfigCanHaveAreDefinedWhereAsked() throws Exception {
    var request = new PreflightRequest("c", Map.of("connector.class", "none"));
    assertThat(ask(ControlCodec.encode(request)).definitions()).isEmpty();
    assertThat(ask(ControlCodec.encode(request.withDefinitions())).definitions())
        .filteredOn(
            key ->
                Set.of("name", "transforms", "topic.prefix", "snapshot.mode").contains(key.name()))
        .extracting(key -> key.name() + " " + key.type() + " " + key.defaultValue())
        .containsExactly(
            "name STRING null",
            "transforms LIST ",
            "topic.prefix STRING null",
            "snapshot.mode STRING initial");
  }

  @Test
  void aRequestThatNobodyWaitsForAnyMoreIsPassedOver() throws Exception {
    long longAgo = System.currentTimeMillis() - Duration.ofMinutes(2).toMillis();
    byte[] json = ControlCodec.encode(new PreflightRequest("c", Map.of()));
    String topic = settings.topics().captureRequests();
    var old = admin.sendAndReceive(new ProducerRecord<>(topic, null, longAgo, (byte[]) null, json));
    assertThat(ask(json).passed()).isFalse();
    assertThat(old).isNotDone();
  }

  @Test
  void itStartsAndStopsWhileKafkaIsDown() {
    try (var alone = new AnnotationConfigApplicationContext()) {
      alone.registerBean(KafkaSettings.class, () -> KafkaSettings.at("127.0.0.1:1"));
      alone.registerBean(Credentials.class, () -> new Credentials(CredentialsSettings.DEFAULT));
      alone.register(PreflightConfiguration.class);
      alone.refresh();
      assertThat(alone.isRunning()).isTrue();
    }
  }

  private PreflightReport ask(byte[] json) throws Exception {
    var asked =
        admin.sendAndReceive(
            new ProducerRecord<byte[], byte[]>(settings.topics().captureRequests(), json));
    byte[] answer = asked.get(LIMIT.toSeconds(), TimeUnit.SECONDS).value();
    return ControlCodec.decode(answer, PreflightReport.class);
  }
}
