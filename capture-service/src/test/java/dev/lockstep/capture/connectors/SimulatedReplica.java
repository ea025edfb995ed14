package dev.lockstep.capture.connectors;

import dev.lockstep.capture.engine.BatchHandover;
import dev.lockstep.capture.engine.EngineConfig;
import dev.lockstep.capture.engine.SeededOffsetStore;
import dev.lockstep.capture.publish.DataTopics;
import dev.lockstep.capture.publish.PublishException;
import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.capture.publish.TopicCreation;
import dev.lockstep.capture.simulation.ModelClients;
import dev.lockstep.capture.simulation.ModelKafka;
import dev.lockstep.capture.simulation.ModelServer;
import dev.lockstep.capture.simulation.ModelSource;
import dev.lockstep.capture.simulation.Turns;
import dev.lockstep.capture.transforms.Transforms;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.KafkaSettings;
import io.debezium.engine.DebeziumEngine.Offsets;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.source.SourceRecord;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A replica of capture-service with the real classes from the take-over of a connector to the
 * commit of a batch, and a model of Debezium and the source before them, of Kafka behind.
 */
final class SimulatedReplica {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Map<String, String> CONFIG =
      Map.of("topic.creation.default.partitions", "3");

  private final KafkaSettings settings;
  private final ModelKafka kafka;
  private final Turns turns;
  private final Random dice;
  private final InstantSource clock;
  private final double faults;
  private final Admin admin;
  private final CommittedState committed;
  private final List<Turns.Actor> actors = new ArrayList<>();
  private boolean dead;

  SimulatedReplica(
      KafkaSettings settings,
      ModelKafka kafka,
      Turns turns,
      Random dice,
      InstantSource clock,
      double faults) {
    this.settings = settings;
    this.kafka = kafka;
    this.turns = turns;
    this.dice = dice;
    this.clock = clock;
    this.faults = faults;
    this.admin = ModelClients.admin(kafka, turns, dice);
    this.committed = new CommittedState(settings, admin, clients("none"));
  }

  private ModelClients clients(String connector) {
    return new ModelClients(kafka, turns, dice, faults, connector);
  }

  boolean isDead() {
    return dead;
  }

  /**
   * Is given a connector, and runs it until all its changes are published; unless it is to meet
   * faults, when it may give up too.
   */
  Turns.Actor run(String connector, ModelSource source) {
    Turns.Actor actor = turns.actor(() -> keepRunning(connector, source));
    actors.add(actor);
    return actor;
  }

  /** {@code kill -9}. */
  void kill() {
    dead = true;
    actors.forEach(Turns.Actor::kill);
    committed.close();
  }

  private void keepRunning(String connector, ModelSource source) throws InterruptedException {
    while (true) {
      try {
        runOnce(connector, source);
        return;
      } catch (PublishException _) {
        if (faults > 0 && dice.nextInt(3) == 0) {
          return;
        }
      }
    }
  }

  private void runOnce(String connector, ModelSource source) throws InterruptedException {
    var topics = new DataTopics(admin, new TopicCreation(CONFIG), LIMIT);
    var takeOver = new TakeOver(settings, committed, clock, clients(connector));
    TakeOver.Taken taken =
        takeOver.of(connector, topics, Transforms.of(Map.of(), settings.topicPrefix()));
    try {
      ModelServer server = source.present(dice);
      Optional<SourceOffset> begin = taken.offset().map(offset -> offset.on(server.uuid()));
      Properties config =
          EngineConfig.of(
              new ConnectorSpec(connector, CONFIG, DesiredState.RUNNING, 1), begin, settings);
      var place = taken.place().in(server.uuid(), begin.orElse(null));
      var handover = new BatchHandover(taken.publisher(), place, new Steps(), config);
      capture(server.recordsFrom(offsetIn(config, begin, connector), dice), handover);
    } finally {
      taken.publisher().close();
    }
  }

  /** As Debezium learns it: from the store, of which it knows the source partition. */
  private static Map<String, Object> offsetIn(
      Properties config, Optional<SourceOffset> expected, String connector) {
    Map<String, String> properties = new HashMap<>();
    config.stringPropertyNames().stream()
        .filter(key -> key.startsWith("lockstep."))
        .forEach(key -> properties.put(key, config.getProperty(key)));
    var store = new SeededOffsetStore();
    store.configure(new WorkerConfig(new ConfigDef(), properties) {});
    String key = "[\"" + connector + "\",{\"server\":\"" + connector + "\"}]";
    ByteBuffer asked = ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
    try {
      ByteBuffer found = store.get(List.of(asked)).get().get(asked);
      if (found == null) {
        return Map.of();
      }
      String offset = StandardCharsets.UTF_8.decode(found).toString();
      return JsonMapper.shared().readValue(offset, new TypeReference<Map<String, Object>>() {});
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("The store does not know " + expected, e);
    }
  }

  /** In batches of any size, cut anywhere; after a failure another may be under way. */
  private void capture(List<SourceRecord> records, BatchHandover handover)
      throws InterruptedException {
    int most = 1 + dice.nextInt(20);
    for (int from = 0; from < records.size(); ) {
      int to = Math.min(records.size(), from + 1 + dice.nextInt(most));
      try {
        handover.handle(events(records.subList(from, to)), new Told());
      } catch (PublishException e) {
        offerOneMore(records.subList(to, records.size()), handover);
        throw e;
      }
      from = to;
    }
  }

  private void offerOneMore(List<SourceRecord> rest, BatchHandover handover)
      throws InterruptedException {
    if (!rest.isEmpty() && dice.nextInt(3) == 0) {
      try {
        handover.handle(events(rest), new Told());
      } catch (IllegalStateException _) {
        turns.step();
      }
    }
  }

  private static List<RecordChangeEvent<SourceRecord>> events(List<SourceRecord> records) {
    List<RecordChangeEvent<SourceRecord>> events = new ArrayList<>();
    for (SourceRecord item : records) {
      events.add(() -> item);
    }
    return events;
  }

  /** Between the commit and what comes after it the process can be killed too. */
  private final class Steps implements BatchHandover.Batches {
    @Override
    public void began(List<SourceRecord> batch) {
      turns.step();
    }

    @Override
    public void committed(List<SourceRecord> batch, Duration transaction) {
      turns.step();
    }
  }

  private final class Told implements RecordCommitter<RecordChangeEvent<SourceRecord>> {
    @Override
    public void markProcessed(RecordChangeEvent<SourceRecord> item) {
      turns.step();
    }

    @Override
    public void markBatchFinished() {
      turns.step();
    }

    @Override
    public void markProcessed(RecordChangeEvent<SourceRecord> item, Offsets offsets) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Offsets buildOffsets() {
      throw new UnsupportedOperationException();
    }
  }
}
