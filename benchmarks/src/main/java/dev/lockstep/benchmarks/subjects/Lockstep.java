package dev.lockstep.benchmarks.subjects;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.Lifetime;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.stack.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** capture-service from its jar as it ships, with control topics of its own for each run. */
public final class Lockstep implements Capturer {
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(20);

  private final BenchServers servers;
  private final List<String> jvm;
  private final Path jar;

  /**
   * Prepares runs.
   *
   * @param project the folder that the suite is built in
   * @param jvm flags of its JVM
   */
  public Lockstep(BenchServers servers, Path project, List<String> jvm) throws IOException {
    this.servers = servers;
    this.jvm = List.copyOf(jvm);
    this.jar = jar(project.resolve("capture-service/target"));
  }

  private static Path jar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches("lockstep-capture-service-[0-9][^/]*(?<!-sources|-classes)\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("There is no jar of capture-service in " + target));
    }
  }

  @Override
  public String name() {
    return "lockstep";
  }

  @Override
  public CaptureRun start(String topicPrefix, Map<String, String> config) throws Exception {
    var kafka =
        new KafkaSettings(
            servers.kafka().bootstrapServers(), topicPrefix + "-suite", (short) 1, Map.of());
    put(
        kafka,
        new ConnectorSpec(
            topicPrefix,
            SourceConfig.of(servers.mysql(), topicPrefix, config),
            DesiredState.RUNNING,
            1));
    List<String> command = new ArrayList<>(List.of(Programs.java().toString()));
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar.toString()));
    return new CaptureRun(
        ServerProcess.start(
            command,
            Map.of(
                "SERVER_PORT", String.valueOf(Ports.free()),
                "LOCKSTEP_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "LOCKSTEP_KAFKA_TOPIC_PREFIX", kafka.topicPrefix()),
            servers.folder().resolve(topicPrefix + ".log"),
            Lifetime.WITH_THIS_JVM,
            Optional.empty()),
        topicPrefix);
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
