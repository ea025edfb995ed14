package dev.lockstep.stack;

/** A Kafka broker. Topics are not created by themselves. */
public interface KafkaServer extends Server {
  /** Host and port, as {@code bootstrap.servers} wants them. */
  String bootstrapServers();

  @Override
  default String name() {
    return "kafka";
  }
}
