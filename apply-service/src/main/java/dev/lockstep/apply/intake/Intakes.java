package dev.lockstep.apply.intake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;

/** The intakes of a listener's consumers, each made when its consumer shows up. For any thread. */
final class Intakes implements AutoCloseable {
  private final IntakeFactory factory;
  private final Map<Consumer<?, ?>, Intake> byConsumer = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();

  Intakes(IntakeFactory factory) {
    this.factory = factory;
  }

  Intake of(Consumer<?, ?> consumer) {
    return byConsumer.computeIfAbsent(
        consumer, c -> factory.create("apply-" + made.getAndIncrement()));
  }

  /** Empty while all work, else why one does not. */
  Optional<String> problem() {
    return byConsumer.values().stream().flatMap(intake -> intake.problem().stream()).findFirst();
  }

  /** To be called once the consumers have ended. */
  @Override
  public void close() {
    byConsumer.values().forEach(Intake::close);
  }
}
