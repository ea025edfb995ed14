package dev.lockstep.stack.given;

import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.readiness.Readiness;

record GivenKafka(String bootstrapServers) implements KafkaServer, GivenServer {
  @Override
  public String variable() {
    return GivenServers.KAFKA;
  }

  @Override
  public void start() {
    Readiness.require(name() + " of " + variable(), () -> Readiness.kafka(bootstrapServers));
  }
}
