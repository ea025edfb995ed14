package dev.lockstep.stack.local;

import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.Placement;
import dev.lockstep.stack.fetch.Command;
import dev.lockstep.stack.fetch.Distributions;
import dev.lockstep.stack.process.Ports;
import dev.lockstep.stack.process.Programs;
import dev.lockstep.stack.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Kafka as one KRaft node that is broker and controller. */
final class LocalKafka extends LocalServer implements KafkaServer {
  private static final Duration FORMAT_LIMIT = Duration.ofMinutes(1);

  /** Any base64 UUID will do: a folder holds one cluster of one node. */
  private static final String CLUSTER_ID = "bG9ja3N0ZXAtc3RhY2stMQ";

  @SuppressWarnings("InlineFormatString") // the text of a file
  private static final String PROPERTIES =
      """
      process.roles=broker,controller
      node.id=1
      listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
      advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
      listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
      controller.listener.names=CONTROLLER
      controller.quorum.voters=1@127.0.0.1:%2$d
      log.dirs=%3$s
      auto.create.topics.enable=false
      num.partitions=4
      min.insync.replicas=1
      offsets.topic.num.partitions=4
      offsets.topic.replication.factor=1
      transaction.state.log.num.partitions=4
      transaction.state.log.replication.factor=1
      transaction.state.log.min.isr=1
      share.coordinator.state.topic.num.partitions=1
      share.coordinator.state.topic.replication.factor=1
      share.coordinator.state.topic.min.isr=1
      message.max.bytes=20971520
      replica.fetch.max.bytes=20971520
      group.initial.rebalance.delay.ms=0
      group.min.session.timeout.ms=1000
      group.consumer.heartbeat.interval.ms=1000
      group.consumer.min.heartbeat.interval.ms=200
      group.consumer.session.timeout.ms=6000
      group.consumer.min.session.timeout.ms=3000
      broker.session.timeout.ms=2000
      broker.heartbeat.interval.ms=200
      initial.broker.registration.timeout.ms=60000
      """;

  private final int controllerPort = Ports.free();

  LocalKafka(Placement placement) {
    super(placement);
  }

  @Override
  List<String> prepare() throws IOException {
    String classPath = Distributions.kafka().resolve("*").toString();
    Path data = folder().resolve("data");
    Path properties = folder().resolve("server.properties");
    Files.writeString(properties, PROPERTIES.formatted(port(), controllerPort, data) + flags());
    if (!Files.exists(data.resolve("meta.properties"))) {
      Command.run(folder(), FORMAT_LIMIT, format(classPath, properties));
    }
    List<String> command = java(classPath, "-Xmx512m", "-Xms64m");
    if (placement().temporary()) {
      // a test's broker lives too briefly to be worth the second compiler
      command.add(1, "-XX:TieredStopAtLevel=1");
    }
    command.addAll(List.of("kafka.Kafka", properties.toString()));
    return command;
  }

  private static List<String> format(String classPath, Path properties) {
    List<String> command = java(classPath, "-Xmx128m", "-XX:TieredStopAtLevel=1");
    command.addAll(
        List.of(
            "kafka.tools.StorageTool",
            "format",
            "--ignore-formatted",
            "-t",
            CLUSTER_ID,
            "-c",
            properties.toString()));
    return command;
  }

  private static List<String> java(String classPath, String... flags) {
    List<String> command = new ArrayList<>(List.of(Programs.java().toString()));
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "-Dorg.slf4j.simpleLogger.logFile=System.out",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
            "-cp",
            classPath));
    return command;
  }

  private String flags() {
    return String.join("\n", placement().flags()) + "\n";
  }

  @Override
  void probe() throws IOException {
    Readiness.kafka(bootstrapServers());
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }
}
