package dev.lockstep.capture.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own mock, which keeps to a producer's states, in front of the {@link ModelKafka}. Every
 * call is a step at which its process can be stopped or killed, before and after it takes effect;
 * records are on their way between send and commit.
 */
final class ModelProducer extends MockProducer<byte[], byte[]> {
  private final ModelKafka kafka;
  private final Turns turns;
  private final Faults faults;
  private final String id;
  private final String connector;
  private final List<ProducerRecord<byte[], byte[]>> onTheirWay = new ArrayList<>();
  private ModelKafka.@Nullable Session session;
  private boolean outcomeUnknown;
  private boolean refused;

  /**
   * How often a commit ends otherwise than well.
   *
   * @param dice says when
   * @param chance of each kind of fault, 0 for none
   */
  record Faults(Random dice, double chance) {
    boolean strikes() {
      return dice.nextDouble() < chance;
    }
  }

  ModelProducer(
      ModelKafka kafka,
      Turns turns,
      Faults faults,
      String connector,
      Map<String, Object> properties) {
    super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    this.kafka = kafka;
    this.turns = turns;
    this.faults = faults;
    this.connector = connector;
    this.id = String.valueOf(properties.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
  }

  @Override
  public void initTransactions() {
    turns.step();
    super.initTransactions();
    session = kafka.begin(id, connector);
    turns.step();
  }

  @Override
  public void beginTransaction() {
    turns.step();
    super.beginTransaction();
  }

  @Override
  public Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> sent, @Nullable Callback callback) {
    turns.step();
    if (!transactionInFlight()) {
      throw new IllegalStateException("Cannot send outside of a transaction");
    }
    onTheirWay.add(sent);
    if (faults.dice.nextInt(4) == 0) {
      arrive();
    }
    return super.send(sent, callback);
  }

  private void arrive() {
    for (ProducerRecord<byte[], byte[]> sent : onTheirWay) {
      refused |= !kafka.append(begun(), sent);
    }
    onTheirWay.clear();
  }

  private ModelKafka.Session begun() {
    return Objects.requireNonNull(session, "initTransactions was not called");
  }

  @Override
  public void commitTransaction() {
    turns.step();
    arrive();
    if (faults.strikes()) {
      throw new KafkaException("A batch expired", new TimeoutException("Expiring 1 record(s)"));
    }
    if (faults.strikes()) {
      giveUpWaiting();
    }
    if (refused || !kafka.end(begun(), true)) {
      fenceProducer();
      throw new ProducerFencedException("There is a newer producer with the same transactionalId");
    }
    turns.step();
    super.commitTransaction();
  }

  /** The request got lost, or the answer, or it comes late. */
  private void giveUpWaiting() {
    outcomeUnknown = true;
    switch (faults.dice.nextInt(3)) {
      case 0 -> kafka.commitLater(begun());
      case 1 -> refused |= refused || !kafka.end(begun(), true);
      default -> {}
    }
    throw new TimeoutException("Timeout expired while awaiting EndTxn(true)");
  }

  @Override
  public void abortTransaction() {
    turns.step();
    if (outcomeUnknown) {
      throw new IllegalStateException("The call to commitTransaction timed out: retry it");
    }
    onTheirWay.clear();
    if (!kafka.end(begun(), false)) {
      fenceProducer();
    }
    super.abortTransaction();
  }

  /** An open transaction is aborted if the broker can be reached. */
  @Override
  public void close(Duration timeout) {
    if (turns.isDead()) {
      return;
    }
    super.close(timeout);
    ModelKafka.Session mine = session;
    if (mine != null && !outcomeUnknown && faults.dice.nextBoolean()) {
      boolean _ = kafka.end(mine, false);
    }
  }
}
