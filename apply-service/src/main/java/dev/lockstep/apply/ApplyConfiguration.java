package dev.lockstep.apply;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.health.Monitor;
import dev.lockstep.apply.health.ProblemIndicator;
import dev.lockstep.apply.health.TablesIndicator;
import dev.lockstep.apply.intake.Halts;
import dev.lockstep.apply.intake.IntakeFactory;
import dev.lockstep.apply.intake.ListenerControl;
import dev.lockstep.apply.lag.Arrivals;
import dev.lockstep.apply.lag.Lags;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.parts.TargetParts;
import dev.lockstep.apply.pipeline.Budget;
import dev.lockstep.apply.quarantine.DeadLetters;
import dev.lockstep.apply.quarantine.QuarantineCap;
import dev.lockstep.apply.quarantine.RecordSource;
import dev.lockstep.apply.replay.ReplayReports;
import dev.lockstep.apply.replay.ReplayTools;
import dev.lockstep.apply.replay.Replays;
import dev.lockstep.apply.schemas.ControlState;
import dev.lockstep.apply.settings.ApplySettings;
import dev.lockstep.apply.status.StatusReporter;
import dev.lockstep.apply.tables.Salts;
import dev.lockstep.apply.tables.TargetTables;
import dev.lockstep.apply.write.Destination;
import dev.lockstep.apply.write.Inserts;
import dev.lockstep.apply.write.ResetRun;
import dev.lockstep.apply.write.SnapshotMarks;
import dev.lockstep.apply.write.TableWriter;
import dev.lockstep.common.kafka.KafkaReachability;
import dev.lockstep.common.kafka.KafkaSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** How the parts are put together; the only place that knows both them and Spring. */
@Configuration(proxyBeanMethods = false)
class ApplyConfiguration {
  private static final Duration KAFKA_LIMIT = Duration.ofSeconds(2);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

  /** Statements of resets, health and the watch over parts beside the inserts. */
  private static final int OTHER_REQUESTS = 8;

  private static final Duration REPLAY_INTERVAL = Duration.ofMillis(500);

  private static final int LARGEST_REQUEST = 24 * 1024 * 1024;

  @Bean
  KafkaSettings kafkaSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("lockstep.kafka", KafkaSettings.class);
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Admin admin(KafkaSettings kafka) {
    return Admin.create(kafka.clientProperties());
  }

  @Bean
  Producer<byte[], byte[]> producer(KafkaSettings kafka) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    return new KafkaProducer<>(properties);
  }

  @Bean
  ClickHouse clickHouse(ApplySettings settings) {
    int inserts = settings.concurrency() * settings.concurrentInserts();
    return new ClickHouse(settings.clickhouse(), inserts + OTHER_REQUESTS);
  }

  @Bean
  ControlState controlState() {
    return new ControlState();
  }

  @Bean
  Offsets offsets() {
    return new Offsets();
  }

  @Bean
  Halts halts(ApplySettings settings, InstantSource clock) {
    return new Halts(settings.retryLimit(), settings.failedRetryInterval(), clock);
  }

  @Bean
  TargetTables targetTables(ClickHouse clickHouse, ApplySettings settings) {
    return new TargetTables(clickHouse, new Salts(settings.salts()));
  }

  @Bean
  ResetRun resetRun(ControlState control, TargetTables tables, Offsets offsets) {
    return new ResetRun(control, tables, offsets);
  }

  @Bean
  TableWriter tableWriter(
      ControlState control,
      TargetTables tables,
      ClickHouse clickHouse,
      DeadLetters deadLetters,
      KafkaSettings kafka,
      QuarantineCap cap,
      ApplyMeters meters,
      TargetParts parts) {
    return new TableWriter(
        control,
        tables,
        new Inserts(clickHouse, new RecordSource(kafka), cap, meters, parts),
        new SnapshotMarks(clickHouse),
        deadLetters::write,
        cap,
        meters,
        Destination.ALL);
  }

  @Bean
  DeadLetters deadLetters(Producer<byte[], byte[]> producer, KafkaSettings kafka) {
    return new DeadLetters(producer, kafka.topics().deadLetters());
  }

  @Bean
  Replays replays(
      ControlState control,
      Offsets offsets,
      ClickHouse clickHouse,
      DeadLetters deadLetters,
      Producer<byte[], byte[]> producer,
      KafkaSettings kafka,
      ApplySettings settings,
      InstantSource clock) {
    var tools =
        new ReplayTools(
            kafka,
            control,
            clickHouse,
            () -> targetTables(clickHouse, settings),
            deadLetters,
            settings.quarantine(),
            clock);
    var reports = new ReplayReports(producer, kafka.topics().replays());
    return new Replays(control.replays(), offsets, tools, settings.flush(), reports::publish);
  }

  @Bean
  Periodic looksForReplays(Replays replays) {
    return new Periodic(REPLAY_INTERVAL, replays::look);
  }

  @Bean
  QuarantineCap quarantineCap(ApplySettings settings, InstantSource clock) {
    return new QuarantineCap(settings.quarantine(), clock);
  }

  @Bean
  Budget budget(ApplySettings settings) {
    return new Budget(settings.maxBufferedBytes().toBytes());
  }

  @Bean
  IntakeFactory intakeFactory(
      TableWriter writer,
      ResetRun resets,
      Offsets offsets,
      Halts halts,
      ApplySettings settings,
      Budget budget,
      TargetParts parts,
      Arrivals arrivals,
      ApplyMeters meters,
      InstantSource clock) {
    return new IntakeFactory(
        writer, resets, offsets, halts, settings, budget, parts::share, arrivals, meters, clock);
  }

  @Bean
  ListenerControl listenerControl(
      ControlState control, KafkaSettings kafka, ApplySettings settings, IntakeFactory intakes) {
    return new ListenerControl(control, kafka, settings, intakes);
  }

  @Bean
  StatusReporter statusReporter(
      Offsets offsets,
      Halts halts,
      Lags lags,
      ControlState control,
      Producer<byte[], byte[]> producer,
      KafkaSettings kafka,
      Environment environment,
      InstantSource clock) {
    return new StatusReporter(
        offsets,
        halts,
        lags,
        control,
        producer,
        kafka.topics().status(),
        owner(environment),
        clock);
  }

  @Bean
  Monitor kafkaMonitor(Admin admin) {
    return new Monitor("Kafka", () -> KafkaReachability.problem(admin, KAFKA_LIMIT));
  }

  @Bean
  Monitor clickHouseMonitor(ClickHouse clickHouse) {
    return new Monitor("ClickHouse", clickHouse::problem);
  }

  @Bean
  ApplyEngine applyEngine(
      KafkaSettings kafka,
      Admin admin,
      ControlState control,
      ListenerControl listener,
      List<Periodic> tasks) {
    return new ApplyEngine(kafka, admin, control, listener, tasks);
  }

  @Bean
  Periodic statusReports(StatusReporter status, ApplySettings settings) {
    return new Periodic(settings.statusInterval(), status::report);
  }

  @Bean
  Periodic kafkaLooks(Monitor kafkaMonitor) {
    return new Periodic(LOOK_INTERVAL, kafkaMonitor::look);
  }

  @Bean
  Periodic clickHouseLooks(Monitor clickHouseMonitor) {
    return new Periodic(LOOK_INTERVAL, clickHouseMonitor::look);
  }

  @Bean
  ProblemIndicator kafkaHealthIndicator(Monitor kafkaMonitor) {
    return new ProblemIndicator(kafkaMonitor::problem);
  }

  @Bean
  ProblemIndicator clickHouseHealthIndicator(Monitor clickHouseMonitor) {
    return new ProblemIndicator(clickHouseMonitor::problem);
  }

  @Bean
  ProblemIndicator controlTopicsHealthIndicator(ControlState control) {
    return new ProblemIndicator(control::problem);
  }

  /** Not a part of readiness: what can be told apart goes on. */
  @Bean
  ProblemIndicator mappingsHealthIndicator(ControlState control) {
    return new ProblemIndicator(() -> control.mappings().problem());
  }

  /** Not a part of readiness either: the other tables go on. */
  @Bean
  TablesIndicator tablesHealthIndicator(Halts halts) {
    return new TablesIndicator(halts);
  }

  @Bean
  ProblemIndicator listenerHealthIndicator(ListenerControl listener) {
    return new ProblemIndicator(listener::problem);
  }

  /** The port is known for certain only once the web server runs. */
  private static Supplier<String> owner(Environment environment) {
    String host = hostName().orElse("localhost");
    return () ->
        host
            + ":"
            + environment.getProperty(
                "local.server.port", environment.getProperty("server.port", "8082"));
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
