package dev.lockstep.stack.containers;

import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.readiness.Probe;
import dev.lockstep.stack.readiness.Readiness;
import java.util.List;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;

final class KafkaContainerServer extends ContainerServer implements KafkaServer {
  private static final int PORT_INSIDE = 9092;

  private static final List<String> SETTINGS =
      List.of(
          "auto.create.topics.enable=false",
          "message.max.bytes=20971520",
          "replica.fetch.max.bytes=20971520",
          "offsets.topic.num.partitions=4",
          "transaction.state.log.num.partitions=4",
          "group.initial.rebalance.delay.ms=0",
          "group.min.session.timeout.ms=1000",
          "group.consumer.min.heartbeat.interval.ms=200",
          "group.consumer.heartbeat.interval.ms=1000",
          "group.consumer.min.session.timeout.ms=3000",
          "group.consumer.session.timeout.ms=6000");

  KafkaContainerServer(int port, List<String> flags) {
    super(container(flags), port, PORT_INSIDE);
  }

  private static KafkaContainer container(List<String> flags) {
    KafkaContainer container = new KafkaContainer("apache/kafka:4.3.1");
    SETTINGS.forEach(setting -> set(container, setting));
    flags.forEach(setting -> set(container, setting));
    return container;
  }

  /** The image takes {@code a.b=c} as {@code KAFKA_A_B=c}. */
  private static void set(KafkaContainer container, String setting) {
    String[] parts = setting.split("=", 2);
    container.addEnv("KAFKA_" + parts[0].toUpperCase(Locale.ROOT).replace('.', '_'), parts[1]);
  }

  @Override
  Probe probe() {
    return () -> Readiness.kafka(bootstrapServers());
  }

  @Override
  public String bootstrapServers() {
    return host() + ":" + port();
  }
}
