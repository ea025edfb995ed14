package dev.lockstep.capture.simulation;

import dev.lockstep.common.kafka.KafkaClients;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Clients of a {@link ModelKafka}, for one connector. */
public final class ModelClients implements KafkaClients {
  private final ModelKafka kafka;
  private final Turns turns;
  private final ModelProducer.Faults faults;
  private final String connector;

  /** The chance is that of each kind of fault at a commit. */
  public ModelClients(ModelKafka kafka, Turns turns, Random dice, double chance, String connector) {
    this.kafka = kafka;
    this.turns = turns;
    this.faults = new ModelProducer.Faults(dice, chance);
    this.connector = connector;
  }

  @Override
  public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
    return new ModelProducer(kafka, turns, faults, connector, properties);
  }

  @Override
  public Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
    return new ModelConsumer(kafka, properties);
  }

  /** An admin client that makes topics and tells their ends, and can do nothing else. */
  public static Admin admin(ModelKafka kafka, Turns turns, Random dice) {
    InvocationHandler handler =
        (_, method, arguments) ->
            switch (method.getName()) {
              case "createTopics" -> created(kafka, (Collection<?>) arguments[0]);
              case "listOffsets" -> {
                turns.step();
                yield ends(
                    kafka,
                    turns,
                    dice,
                    (Map<?, ?>) arguments[0],
                    (ListOffsetsOptions) arguments[1]);
              }
              default -> throw new UnsupportedOperationException(method.toString());
            };
    return (Admin)
        Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, handler);
  }

  private static final class Created extends CreateTopicsResult {
    Created(Map<String, KafkaFuture<TopicMetadataAndConfig>> futures) {
      super(futures);
    }
  }

  private static Created created(ModelKafka kafka, Collection<?> topics) {
    Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> futures = new HashMap<>();
    for (Object asked : topics) {
      NewTopic topic = (NewTopic) asked;
      kafka.create(topic.name(), topic.numPartitions());
      futures.put(
          topic.name(),
          KafkaFuture.completedFuture(
              new CreateTopicsResult.TopicMetadataAndConfig(
                  new UnsupportedVersionException("not told"))));
    }
    return new Created(futures);
  }

  /**
   * Whoever asks for the end of what is written, committed or not, waits for it: others may go on
   * meanwhile, and what they leave open times out.
   */
  private static ListOffsetsResult ends(
      ModelKafka kafka, Turns turns, Random dice, Map<?, ?> asked, ListOffsetsOptions options) {
    boolean all = options.isolationLevel() == IsolationLevel.READ_UNCOMMITTED;
    Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> ends = new HashMap<>();
    Map<TopicPartition, Long> before = new HashMap<>();
    for (Object key : asked.keySet()) {
      TopicPartition partition = (TopicPartition) key;
      before.put(partition, kafka.end(partition));
      long end = all ? kafka.end(partition) : kafka.stableEnd(partition);
      ends.put(
          partition,
          KafkaFuture.completedFuture(new ListOffsetsResultInfo(end, -1, Optional.empty())));
    }
    if (all) {
      for (int i = dice.nextInt(3); i > 0; i--) {
        turns.stop();
      }
      for (TopicPartition partition : ends.keySet()) {
        kafka.awaitTimeouts(partition, before.getOrDefault(partition, 0L));
      }
    }
    return new ListOffsetsResult(ends);
  }
}
