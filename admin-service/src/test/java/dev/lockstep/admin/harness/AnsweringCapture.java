package dev.lockstep.admin.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.preflight.ConfigDefinition;
import dev.lockstep.common.preflight.PreflightReport;
import dev.lockstep.common.preflight.PreflightReport.Finding;
import dev.lockstep.common.preflight.PreflightRequest;
import dev.lockstep.stack.junit.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Answers preflights over real Kafka in capture-service's place: that is another service, which no
 * test of this module may depend on.
 */
public final class AnsweringCapture implements AutoCloseable {
  /** What it says of keys, where that is asked for. */
  private static final List<ConfigDefinition> DEFINITIONS =
      List.of(definition("database.password", true, null), definition("tasks.max", false, "1"));

  private final KafkaSettings settings;
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private final Queue<PreflightRequest> asked = new ConcurrentLinkedQueue<>();
  private volatile List<Finding> findings = List.of();
  private volatile boolean closed;

  private AnsweringCapture(KafkaSettings settings) {
    this.settings = settings;
  }

  /** Settings for the shared Kafka with topics of the test's own. */
  public static KafkaSettings freshTopics() {
    return new KafkaSettings(
        SharedServers.kafka().bootstrapServers(),
        "t" + UUID.randomUUID().toString().substring(0, 8),
        (short) 1,
        Map.of());
  }

  /** Makes the topics and begins to answer. */
  public static AnsweringCapture start(KafkaSettings settings) throws Exception {
    try (Admin admin = Admin.create(settings.clientProperties())) {
      ControlTopics.ensure(admin, settings, Duration.ofSeconds(20));
    }
    var capture = new AnsweringCapture(settings);
    capture.thread.start();
    return capture;
  }

  /** What it answers from now on. */
  public void finds(Finding... found) {
    findings = List.of(found);
  }

  private static ConfigDefinition definition(
      String key, boolean required, @Nullable String otherwise) {
    return new ConfigDefinition(
        key, "STRING", required, otherwise, "HIGH", "It is so.", "G", 1, "SHORT", key, List.of());
  }

  /** What it was asked. */
  public List<PreflightRequest> asked() {
    return List.copyOf(asked);
  }

  private void run() {
    var reading = settings.clientProperties();
    reading.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + "-capture-preflight");
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    try (var consumer =
            new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(
                settings.clientProperties(),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      consumer.subscribe(List.of(settings.topics().captureRequests()));
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> question : consumer.poll(Duration.ofMillis(100))) {
          asked.add(ControlCodec.decode(question.value(), PreflightRequest.class));
          var sent = producer.send(answer(question));
          producer.flush();
          assertThat(sent).isDone();
        }
      }
    }
  }

  private ProducerRecord<byte[], byte[]> answer(ConsumerRecord<byte[], byte[]> question) {
    String topic =
        ControlCodec.key(question.headers().lastHeader(KafkaHeaders.REPLY_TOPIC).value());
    var asked = ControlCodec.decode(question.value(), PreflightRequest.class);
    var report =
        new PreflightReport(findings, asked.definitions() == null ? List.of() : DEFINITIONS);
    var answer = new ProducerRecord<>(topic, question.key(), ControlCodec.encode(report));
    answer.headers().add(question.headers().lastHeader(KafkaHeaders.CORRELATION_ID));
    return answer;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
