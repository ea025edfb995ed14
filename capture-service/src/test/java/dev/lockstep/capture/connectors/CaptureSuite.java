package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;

import dev.lockstep.capture.credentials.Credentials;
import dev.lockstep.capture.credentials.CredentialsSettings;
import dev.lockstep.capture.progress.Measurement;
import dev.lockstep.capture.progress.ProgressSettings;
import dev.lockstep.capture.progress.ReplicaMeters;
import dev.lockstep.capture.snapshots.SnapshotReports;
import dev.lockstep.capture.source.SourceKind;
import dev.lockstep.common.control.ConnectorProgress;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.Removal;
import dev.lockstep.common.control.StatusKeys;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.snapshot.SnapshotCommand;
import dev.lockstep.common.snapshot.SnapshotStatus;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MariaDbServer;
import dev.lockstep.stack.MySqlServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A suite of its own on the shared Kafka: its data plane can be started and stopped, its topics
 * looked at.
 */
final class CaptureSuite implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(40);

  final KafkaSettings settings;
  final MeterRegistry registry = new SimpleMeterRegistry();
  private final String owner;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, ConnectorStatus> statuses = new ConcurrentHashMap<>();
  private final Map<String, ConnectorProgress> progress = new ConcurrentHashMap<>();
  private final Map<String, SnapshotStatus> snapshots = new ConcurrentHashMap<>();
  private @Nullable CompactedTopic statusTopic;
  private @Nullable CaptureLifecycle lifecycle;
  private @Nullable ConnectorReports reports;
  private @Nullable SnapshotReports snapshotReports;
  private long generation;

  /** What a look at the source before a start finds, in the preflight's place. */
  volatile List<String> problems = List.of();

  /** Whether the last look at the source was one for a start with a snapshot. */
  volatile boolean checkedForSnapshot;

  /** A bug that ends a connector's thread before its engine starts. */
  volatile @Nullable Error bug;

  CaptureSuite(KafkaServer kafka, String prefix) {
    this(kafka, prefix, "test:1");
  }

  /** One replica of several that share a prefix; the owner is how it names itself. */
  CaptureSuite(KafkaServer kafka, String prefix, String owner) {
    this.owner = owner;
    this.settings = new KafkaSettings(kafka.bootstrapServers(), prefix, (short) -1, Map.of());
    this.admin = Admin.create(settings.clientProperties());
    Map<String, Object> properties = settings.clientProperties();
    properties.put("key.serializer", ByteArraySerializer.class);
    properties.put("value.serializer", ByteArraySerializer.class);
    this.producer = new KafkaProducer<>(properties);
  }

  /** Starts a capture-service without its web part. */
  void start() {
    var meters = new ReplicaMeters(registry);
    reports = new ConnectorReports(settings, meters);
    snapshotReports = new SnapshotReports(settings, meters);
    lifecycle =
        new CaptureLifecycle(
            settings,
            new CaptureSettings(Duration.ofSeconds(10)),
            admin,
            measurement(meters, reports),
            InstantSource.system(),
            owner,
            reports,
            snapshotReports,
            new Credentials(CredentialsSettings.DEFAULT),
            (_, withSnapshot) -> problems(withSnapshot));
    lifecycle.start();
    eventually("the assignment", LIMIT, () -> lifecycle.problem().isEmpty());
    if (statusTopic == null) {
      statusTopic = new CompactedTopic(settings, settings.topics().status(), this::acceptStatus);
    }
  }

  private List<String> problems(boolean withSnapshot) {
    checkedForSnapshot = withSnapshot;
    Error thrown = bug;
    if (thrown != null) {
      throw thrown;
    }
    return problems;
  }

  /** Whether liveness would be down. */
  boolean isDead() {
    return lifecycle != null && lifecycle.isDead();
  }

  /** What health tells, or an empty text. */
  String problem() {
    return lifecycle == null ? "" : lifecycle.problem().orElse("");
  }

  private Measurement measurement(ReplicaMeters meters, ConnectorReports reports) {
    return new Measurement(
        meters,
        reports::progress,
        owner,
        InstantSource.system(),
        new ProgressSettings(Duration.ofMillis(200)));
  }

  void stop() throws InterruptedException {
    if (lifecycle != null && reports != null && snapshotReports != null) {
      lifecycle.stop();
      reports.close();
      snapshotReports.close();
      lifecycle = null;
    }
  }

  private void acceptStatus(String key, byte @Nullable [] value) {
    if (key.startsWith(StatusKeys.CONNECTOR)) {
      accept(statuses, key, value, ConnectorStatus.class);
    } else if (key.startsWith(StatusKeys.SNAPSHOT)) {
      accept(snapshots, key, value, SnapshotStatus.class);
    } else if (key.startsWith(StatusKeys.PROGRESS)) {
      accept(progress, key, value, ConnectorProgress.class);
    }
  }

  private static <T> void accept(
      Map<String, T> reports, String key, byte @Nullable [] value, Class<T> type) {
    if (value == null) {
      reports.remove(key);
    } else {
      reports.put(key, ControlCodec.decode(value, type));
    }
  }

  void put(String name, Map<String, String> config, DesiredState state) throws Exception {
    generation++;
    send(name, ControlCodec.encode(new ConnectorSpec(name, config, state, generation)));
  }

  /** Deletes with removals, as admin-service asks for it. */
  void remove(String name, Map<String, String> config, Set<Removal> removals) throws Exception {
    generation++;
    send(
        name,
        ControlCodec.encode(
            new ConnectorSpec(name, config, DesiredState.DELETED, generation, removals)));
  }

  /** The names of the topics that there are. */
  Set<String> topics() throws Exception {
    return admin.listTopics().names().get(10, TimeUnit.SECONDS);
  }

  int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(10, TimeUnit.SECONDS)
        .get(topic)
        .partitions()
        .size();
  }

  void deleteTopic(String name) throws Exception {
    admin.deleteTopics(List.of(name)).all().get(10, TimeUnit.SECONDS);
  }

  void delete(String name) throws Exception {
    send(name, null);
  }

  private void send(String name, byte @Nullable [] value) throws Exception {
    send(settings.topics().connectors(), name, value);
  }

  /** Writes bytes to a control topic that nobody can read. */
  void write(String topic, String key, byte[] value) throws Exception {
    send(topic, key, value);
  }

  /** Asks for a snapshot, or for a change of one, as admin-service does. */
  void command(SnapshotCommand command) throws Exception {
    send(settings.topics().commands(), command.connector(), ControlCodec.encode(command));
  }

  /** What was reported last of a snapshot, or null. */
  @Nullable SnapshotStatus snapshot(String connector, String id) {
    return snapshots.get(SnapshotStatus.recordKey(connector, id));
  }

  /** What was reported last of each snapshot of a connector. */
  List<SnapshotStatus> snapshots(String connector) {
    return snapshots.values().stream()
        .filter(status -> status.connector().equals(connector))
        .toList();
  }

  SnapshotStatus awaitSnapshot(String connector, String id, SnapshotStatus.State state) {
    return eventuallySees(
        "snapshot " + id + " to be " + state,
        LIMIT,
        () -> snapshot(connector, id),
        status -> status.state() == state);
  }

  private void send(String topic, String key, byte @Nullable [] value) throws Exception {
    producer
        .send(new ProducerRecord<>(topic, ControlCodec.key(key), value))
        .get(10, TimeUnit.SECONDS);
  }

  ConnectorStatus awaitState(String name, ConnectorStatus.State state) {
    return eventuallySees(
        "connector " + name + " to be " + state,
        LIMIT,
        () -> statuses.get(ConnectorStatus.recordKey(name)),
        status -> status.state() == state && status.generation() == generation);
  }

  /** What was reported last of each connector, by its name. */
  Map<String, ConnectorStatus> reported() {
    return statuses.values().stream()
        .collect(Collectors.toMap(ConnectorStatus::connector, status -> status));
  }

  /** How far a connector was last reported to be, or null. */
  @Nullable ConnectorProgress progress(String name) {
    return progress.get(ConnectorProgress.recordKey(name));
  }

  boolean isReported(String name) {
    return statuses.containsKey(ConnectorStatus.recordKey(name));
  }

  /** The config that a Debezium tutorial gives, for this source. */
  static Map<String, String> config(MySqlServer mysql, String prefix, String database) {
    Map<String, String> config = new HashMap<>();
    SourceKind kind = mysql instanceof MariaDbServer ? SourceKind.MARIADB : SourceKind.MYSQL;
    config.put("connector.class", kind.connectorClass());
    config.put("tasks.max", "1");
    config.put("database.hostname", mysql.host());
    config.put("database.port", String.valueOf(mysql.port()));
    config.put("database.user", mysql.user());
    config.put("database.password", mysql.password());
    config.put(
        "database.server.id", String.valueOf(10_000 + Math.floorMod(prefix.hashCode(), 50_000)));
    config.put("topic.prefix", prefix);
    config.put("database.include.list", database);
    return config;
  }

  /** Every committed record of a topic, in the order of its partitions. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    Map<String, Object> properties = settings.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", false);
    properties.put("key.deserializer", ByteArrayDeserializer.class);
    properties.put("value.deserializer", ByteArrayDeserializer.class);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (var consumer = new KafkaConsumer<byte[], byte[]>(properties)) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo partition : consumer.partitionsFor(topic, Duration.ofSeconds(5))) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      while (!partitions.stream().allMatch(p -> consumer.position(p) >= end.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found;
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (statusTopic != null) {
      statusTopic.close();
    }
    producer.close(Duration.ofSeconds(2));
    admin.close(Duration.ofSeconds(2));
  }
}
