package dev.lockstep.system.capture;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.process.Folders;
import dev.lockstep.system.suite.CommittedEvents;
import dev.lockstep.system.suite.ConnectApi;
import dev.lockstep.system.suite.Debugger;
import dev.lockstep.system.suite.PublishedChanges;
import dev.lockstep.system.suite.SeededChanges;
import dev.lockstep.system.suite.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A capture-service that is killed with SIGKILL where a debugger has stopped it, at every step of a
 * batch's way and of its shutdown, one kill after the other while changes go on. Two of them at
 * once, for time. {@code -Dchaos.seed} repeats the order of changes and kills.
 */
@Tag("capture")
@ExtendWith(Servers.class)
class KilledAtStepsTest {
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("lockstep.limit.seconds", 90));
  private static final String CAPTURE = "dev.lockstep.capture.";
  private static final String KAFKA = "org.apache.kafka.clients.producer.";

  /** Where it is killed: at the begin of this method. */
  private enum Step {
    BEFORE_ANYTHING_IS_SENT(CAPTURE + "publish.TransactionalPublisher", "publish", false),
    BETWEEN_TWO_RECORDS(CAPTURE + "publish.TransactionalPublisher", "sendRow", false),
    BETWEEN_SEND_AND_COMMIT(KAFKA + "KafkaProducer", "commitTransaction", false),
    COMMITTED_BUT_NOT_KNOWN(
        KAFKA + "internals.TransactionManager$EndTxnHandler", "handleResponse", false),
    COMMITTED_BUT_DEBEZIUM_NOT_TOLD(
        CAPTURE + "connectors.EngineFactory$MeasuredBatches", "committed", false),
    DEBEZIUM_BEING_TOLD(
        "io.debezium.embedded.async.AsyncEmbeddedEngine$SourceRecordCommitter",
        "markBatchFinished",
        false),
    ENGINE_BEING_STOPPED(CAPTURE + "engine.CaptureEngine", "close", true),
    PUBLISHER_BEING_CLOSED(CAPTURE + "publish.TransactionalPublisher", "close", true);

    private final String type;
    private final String method;
    private final boolean isOfShutdown;

    Step(String type, String method, boolean isOfShutdown) {
      this.type = type;
      this.method = method;
      this.isOfShutdown = isOfShutdown;
    }
  }

  @Test
  void killedAtWhicheverStepEachChangeIsPublishedOnceAndInOrder(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    String given = System.getProperty("lockstep.chaos.seed", "random");
    long seed = given.equals("random") ? System.nanoTime() : Long.parseLong(given);
    System.out.println("KilledAtStepsTest: -Dchaos.seed=" + seed);
    var random = new Random(seed);
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Callable<Integer>> lanes = new ArrayList<>();
      for (String name : List.of("steps1", "steps2")) {
        long seedOfIts = random.nextLong();
        lanes.add(() -> new Lane(name, seedOfIts, mysql, kafka).run());
      }
      for (Future<Integer> kills : both.invokeAll(lanes)) {
        assertThat(kills.get()).isEqualTo(Step.values().length);
      }
    }
  }

  /** One capture-service with one connector, whose database has its name. */
  private static final class Lane {
    private static final Duration BETWEEN_TRANSACTIONS = Duration.ofMillis(150);

    /** Batches or records that pass a step before the kill. */
    private static final int MOST = 30;

    private final String name;
    private final Random random;
    private final MySqlServer mysql;
    private final KafkaSettings settings;
    private final SeededChanges changes;
    private final CountDownLatch enough = new CountDownLatch(1);

    Lane(String name, long seed, MySqlServer mysql, KafkaServer kafka) {
      this.name = name;
      this.random = new Random(seed);
      this.mysql = mysql;
      this.settings = new KafkaSettings(kafka.bootstrapServers(), name, (short) -1, Map.of());
      this.changes = new SeededChanges(name + ".t", random.nextLong());
    }

    int run() throws Exception {
      Path folder = Files.createTempDirectory("lockstep-" + name);
      ServiceProcess capture = ServiceProcess.capture(folder, settings);
      // A static member of its group is back at once: none waits for the session of a dead one.
      // Nobody calls its REST here, and it starts sooner without.
      capture.withFlags(
          "-XX:TieredStopAtLevel=1",
          "-Dspring.main.web-application-type=none",
          "-Dspring.main.keep-alive=true",
          "-Dlockstep.kafka.properties.group.instance.id=" + name);
      try {
        capture.unpack(folder.resolve("capture"));
        begin();
        int kills = killAtEachStep(capture);
        verify();
        return kills;
      } finally {
        capture.stop();
        Folders.delete(folder);
      }
    }

    private void begin() throws Exception {
      try (Connection connection = mysql.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
        statement.execute(
            "CREATE TABLE %s.t (id INT PRIMARY KEY, change_no BIGINT NOT NULL, payload VARCHAR(200))"
                .formatted(name));
        statement.execute("INSERT INTO %s.t VALUES (0, 0, 'snapshot')".formatted(name));
      }
      Map<String, String> config = new HashMap<>(ConnectApi.tutorial(mysql, name, name));
      config.put("topic.creation.default.partitions", "3");
      // Small ones, cut where they fall.
      config.put("max.batch.size", "61");
      Map<String, Object> properties = settings.clientProperties();
      properties.put("key.serializer", ByteArraySerializer.class);
      properties.put("value.serializer", ByteArraySerializer.class);
      try (Admin admin = Admin.create(settings.clientProperties());
          var producer = new KafkaProducer<byte[], byte[]>(properties)) {
        ControlTopics.ensure(admin, settings, LIMIT);
        var spec = new ConnectorSpec(name, config, DesiredState.RUNNING, 1);
        producer
            .send(
                new ProducerRecord<>(
                    settings.topics().connectors(),
                    ControlCodec.key(name),
                    ControlCodec.encode(spec)))
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    }

    private int killAtEachStep(ServiceProcess capture) throws Exception {
      List<Step> steps = new ArrayList<>(List.of(Step.values()));
      Collections.shuffle(steps, random);
      var debugger = new Debugger();
      try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
        capture.start(debugger.flag());
        awaitStream();
        Future<?> writing = writer.submit(this::write);
        for (Step step : steps) {
          kill(capture, debugger.attach(), step);
          capture.start(debugger.flag());
        }
        enough.countDown();
        writing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return steps.size();
      } finally {
        enough.countDown();
      }
    }

    private void kill(ServiceProcess capture, Debugger.Held held, Step step) throws Exception {
      long began = System.nanoTime();
      int times = 1 + random.nextInt(MOST);
      if (step.isOfShutdown) {
        held.runTo(KAFKA + "KafkaProducer", "commitTransaction", times);
        capture.requestStop();
        held.runTo(step.type, step.method, 1);
      } else {
        held.runTo(step.type, step.method, times);
      }
      capture.kill();
      System.out.printf(
          "%s: killed at %s, batch or record %d, after %d ms%n",
          name, step, times, (System.nanoTime() - began) / 1_000_000);
    }

    /**
     * Until the offset is past the initial snapshot, whose rows are no changes, a kill repeats it.
     */
    private void awaitStream() throws Exception {
      eventually("the snapshot of " + name, LIMIT, this::keys, List.of("{\"id\":0}"));
      try (Connection connection = mysql.connect()) {
        changes.transaction(connection);
      }
      awaitAllPublished();
    }

    private List<String> keys() {
      List<String> keys = new ArrayList<>();
      CommittedEvents.read(
          settings,
          name + "." + name + ".t",
          item -> keys.add(new String(item.key(), StandardCharsets.UTF_8)));
      return keys;
    }

    private void awaitAllPublished() throws Exception {
      eventually(
          "all changes of " + name + " to be published",
          LIMIT,
          () -> PublishedChanges.of(settings, name).inOrder().size() >= changes.count());
    }

    private Void write() throws Exception {
      try (Connection connection = mysql.connect()) {
        do {
          changes.transaction(connection);
        } while (!enough.await(BETWEEN_TRANSACTIONS.toMillis(), TimeUnit.MILLISECONDS));
      }
      return null;
    }

    private void verify() throws Exception {
      awaitAllPublished();
      PublishedChanges published = PublishedChanges.of(settings, name);
      published.assertOnceAndInOrder(changes);
      assertThat(published.rows()).isEqualTo(sourceRows());
      System.out.println(name + ": " + changes.count() + " changes, each published once");
    }

    private List<String> sourceRows() throws Exception {
      List<String> found = new ArrayList<>();
      try (Connection connection = mysql.connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT CONCAT(id, ' ', change_no) FROM "
                      + name
                      + ".t WHERE id > 0 ORDER BY id")) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }
}
