package dev.lockstep.benchmarks.subjects;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** capture-service from its jar as it ships, with control topics of its own for each run. */
public final class Lockstep implements Capturer {
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(20);

  private final BenchServers servers;
  private final List<String> jvm;
  private final ServiceJar jar;

  /**
   * Prepares runs.
   *
   * @param project the folder that the suite is built in
   * @param jvm flags of its JVM
   */
  public Lockstep(BenchServers servers, Path project, List<String> jvm) throws IOException {
    this.servers = servers;
    this.jvm = List.copyOf(jvm);
    this.jar = new ServiceJar(project, "capture-service");
  }

  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public ServiceRun start(String topicPrefix, Map<String, String> config) throws Exception {
    KafkaSettings kafka = kafka(servers, topicPrefix);
    put(
        kafka,
        new ConnectorSpec(
            topicPrefix,
            SourceConfig.of(servers.mysql(), topicPrefix, config),
            DesiredState.RUNNING,
            1));
    return jar.start(jvm, kafka, Map.of(), servers.folder().resolve(topicPrefix + ".log"));
  }

  /** The Kafka with the control topics that a connector of this prefix stands in. */
  static KafkaSettings kafka(BenchServers servers, String topicPrefix) {
    return new KafkaSettings(
        servers.kafka().bootstrapServers(), topicPrefix + "-suite", (short) 1, Map.of());
  }

  /** The connector stands in its topic before the service starts, as after any restart. */
  private static void put(KafkaSettings kafka, ConnectorSpec spec) throws Exception {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("key.serializer", ByteArraySerializer.class);
    properties.put("value.serializer", ByteArraySerializer.class);
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      ControlTopics.ensure(admin, kafka, KAFKA_LIMIT);
    }
    try (var producer = new KafkaProducer<byte[], byte[]>(properties)) {
      producer
          .send(
              new ProducerRecord<>(
                  kafka.topics().connectors(),
                  ControlCodec.key(spec.name()),
                  ControlCodec.encode(spec)))
          .get(KAFKA_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
