package dev.lockstep.admin;

import dev.lockstep.admin.connectors.Adoption;
import dev.lockstep.admin.connectors.ConnectorStore;
import dev.lockstep.admin.connectors.Connectors;
import dev.lockstep.admin.connectors.Deletions;
import dev.lockstep.admin.health.Indicators;
import dev.lockstep.admin.mappings.MappingAdoption;
import dev.lockstep.admin.mappings.MappingStore;
import dev.lockstep.admin.mappings.Mappings;
import dev.lockstep.admin.mappings.PublishedMappings;
import dev.lockstep.admin.outbox.Outbox;
import dev.lockstep.admin.outbox.OutboxPublisher;
import dev.lockstep.admin.preflight.KafkaPreflight;
import dev.lockstep.admin.preflight.Preflight;
import dev.lockstep.admin.preflight.PreflightSettings;
import dev.lockstep.admin.replays.Replays;
import dev.lockstep.admin.snapshots.SnapshotBoard;
import dev.lockstep.admin.snapshots.Snapshots;
import dev.lockstep.admin.status.StatusBoard;
import dev.lockstep.admin.topics.ControlPlane;
import dev.lockstep.admin.topics.ControlPlane.Followed;
import dev.lockstep.common.kafka.CompactedTopic;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.replay.ReplayBook;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PreflightSettings.class)
class AdminConfiguration {
  @Bean
  KafkaSettings kafkaSettings(Environment environment) {
    return Binder.get(environment).bindOrCreate("lockstep.kafka", KafkaSettings.class);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Outbox outbox(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
    return new Outbox(jdbc, new TransactionTemplate(transactions), clock);
  }

  @Bean(initMethod = "start")
  OutboxPublisher outboxPublisher(Outbox outbox, ProducerFactory<byte[], byte[]> producers) {
    return new OutboxPublisher(outbox, producers::createProducer);
  }

  @Bean
  ConnectorStore connectorStore(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Outbox outbox,
      KafkaSettings kafka,
      Clock clock) {
    return new ConnectorStore(
        jdbc, new TransactionTemplate(transactions), outbox, kafka.topics().connectors(), clock);
  }

  @Bean
  Adoption adoption(ConnectorStore store) {
    return new Adoption(store);
  }

  @Bean
  MappingStore mappingStore(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Outbox outbox,
      KafkaSettings kafka,
      Clock clock) {
    return new MappingStore(
        jdbc, new TransactionTemplate(transactions), outbox, kafka.topics().mappings(), clock);
  }

  @Bean
  PublishedMappings publishedMappings() {
    return new PublishedMappings();
  }

  @Bean
  MappingAdoption mappingAdoption(MappingStore store, PublishedMappings published) {
    return new MappingAdoption(store, published);
  }

  @Bean
  Mappings mappings(MappingStore store, OutboxPublisher publisher, MappingAdoption adoption) {
    return new Mappings(store, publisher, adoption);
  }

  @Bean
  StatusBoard statusBoard() {
    return new StatusBoard();
  }

  @Bean
  KafkaPreflight preflight(
      ReplyingKafkaTemplate<byte[], byte[], byte[]> template,
      KafkaSettings kafka,
      PreflightSettings settings) {
    return new KafkaPreflight(template, kafka.topics().captureRequests(), settings.timeout());
  }

  @Bean
  Connectors connectors(
      ConnectorStore store,
      Preflight preflight,
      OutboxPublisher publisher,
      Adoption adoption,
      Deletions deletions) {
    return new Connectors(store, preflight, publisher, adoption, deletions);
  }

  @Bean(initMethod = "start")
  Deletions deletions(ConnectorStore store, StatusBoard status, OutboxPublisher publisher) {
    return new Deletions(store, status, publisher);
  }

  @Bean
  SnapshotBoard snapshotBoard() {
    return new SnapshotBoard();
  }

  @Bean
  Snapshots snapshots(
      Connectors connectors,
      Preflight preflight,
      Outbox outbox,
      PlatformTransactionManager transactions,
      OutboxPublisher publisher,
      SnapshotBoard board,
      StatusBoard status,
      KafkaSettings kafka,
      Clock clock) {
    return new Snapshots(
        connectors,
        preflight,
        outbox,
        new TransactionTemplate(transactions),
        publisher,
        board,
        status,
        kafka.topics().commands(),
        clock);
  }

  @Bean
  ReplayBook replayBook() {
    return new ReplayBook();
  }

  @Bean
  Replays replays(
      ReplayBook book,
      StatusBoard status,
      Outbox outbox,
      PlatformTransactionManager transactions,
      OutboxPublisher publisher,
      KafkaSettings kafka,
      Clock clock) {
    return new Replays(
        book,
        status,
        outbox,
        new TransactionTemplate(transactions),
        publisher,
        kafka.topics().replays(),
        clock);
  }

  @Bean(initMethod = "start")
  ControlPlane controlPlane(
      KafkaSettings kafka,
      KafkaPreflight preflight,
      Adoption adoption,
      PublishedMappings mappings,
      MappingAdoption mappingAdoption,
      StatusBoard status,
      SnapshotBoard snapshots,
      ReplayBook replays) {
    var names = kafka.topics();
    return new ControlPlane(
        kafka,
        preflight::open,
        List.of(
            new Followed(names.connectors(), adoption, adoption::settle),
            new Followed(names.mappings(), mappings, mappingAdoption::settle),
            new Followed(names.commands(), snapshots::acceptCommand, () -> {}),
            new Followed(names.replays(), replays::accept, () -> {}),
            new Followed(names.status(), both(status, snapshots::acceptStatus), status::loaded)));
  }

  private static CompactedTopic.Listener both(
      CompactedTopic.Listener first, CompactedTopic.Listener second) {
    return (key, value) -> {
      first.accept(key, value);
      second.accept(key, value);
    };
  }

  @Bean
  HealthIndicator kafkaHealthIndicator(ControlPlane controlPlane) {
    return Indicators.downWhile(controlPlane::kafkaProblem);
  }

  @Bean
  HealthIndicator controlTopicsHealthIndicator(ControlPlane controlPlane) {
    return Indicators.downWhile(controlPlane::topicsProblem);
  }

  @Bean
  HealthIndicator outboxHealthIndicator(OutboxPublisher publisher) {
    return Indicators.downWhile(publisher::problem);
  }

  @Bean
  Gauge outboxSize(MeterRegistry meters, Outbox outbox) {
    return Gauge.builder("lockstep.admin.outbox.records", outbox, Outbox::size)
        .description("Changes that are stored and have yet to reach Kafka")
        .register(meters);
  }
}
