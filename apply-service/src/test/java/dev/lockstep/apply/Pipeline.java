package dev.lockstep.apply;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A suite of its own on the shared Kafka: a stand-in for capture-service, and the service. */
final class Pipeline implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);

  private final String name;
  private final KafkaSettings kafka;
  private final SourceTopic source;
  private final Admin admin;
  private final StatusFollower statuses;
  private @Nullable RunningService service;

  /** With control topics of this prefix; the service is not started yet. */
  Pipeline(String name) throws Exception {
    this.name = name;
    this.kafka =
        new KafkaSettings(SharedServers.kafka().bootstrapServers(), name, (short) 1, Map.of());
    this.source = new SourceTopic(kafka);
    this.admin = Admin.create(kafka.clientProperties());
    this.statuses = new StatusFollower(kafka);
    source.connector(name, name + "src");
  }

  KafkaSettings kafka() {
    return kafka;
  }

  SourceTopic source() {
    return source;
  }

  /** Makes a table's topic and publishes its first schema. */
  TableSchema table(String database, String table, List<Column> columns, List<String> key)
      throws Exception {
    String topic = name + "src." + database + "." + table;
    source.topic(topic, 1);
    return source.schema(name, topic, columns, key);
  }

  /** Publishes another schema of a table. */
  TableSchema changed(TableSchema before, List<Column> columns, List<String> key) {
    return source.schema(name, before.topic(), columns, key);
  }

  RunningService start(String... more) {
    RunningService started = new RunningService(kafka, SharedServers.clickHouse(), more);
    service = started;
    return started;
  }

  void stop() {
    RunningService running = service;
    service = null;
    if (running != null) {
      running.close();
    }
  }

  /** Has the service, which must be stopped, read a topic's only partition again from there. */
  void rewind(TableSchema schema, long offset) throws Exception {
    var to = Map.of(new TopicPartition(schema.topic(), 0), new OffsetAndMetadata(offset));
    admin.alterConsumerGroupOffsets(name + "-apply", to).all().get();
  }

  /** The offset behind the last record of a topic's only partition. */
  long end(TableSchema schema) throws Exception {
    var partition = new TopicPartition(schema.topic(), 0);
    var latest = OffsetSpec.latest();
    return admin.listOffsets(Map.of(partition, latest)).all().get().get(partition).offset();
  }

  /** The last status that was reported of a table. */
  TablePartitionStatus status(TableSchema schema) {
    return statuses.of(schema.topic());
  }

  /** Waits until everything that was published is applied. */
  TablePartitionStatus awaitApplied(TableSchema schema) throws Exception {
    long end = end(schema);
    return eventuallySees(
        "everything of " + schema.topic() + " to be applied, up to " + end,
        SOON,
        () -> statuses.of(schema.topic()),
        status -> status.nextOffset() >= end);
  }

  /** Waits until the table has failed for a reason that has all these words. */
  TablePartitionStatus awaitFailure(TableSchema schema, String... words) {
    return awaitReason(schema, State.FAILED, words);
  }

  TablePartitionStatus awaitReason(TableSchema schema, State state, String... words) {
    return eventuallySees(
        schema.topic() + " to be " + state + " as " + List.of(words),
        SOON,
        () -> statuses.of(schema.topic()),
        status ->
            status.state() == state
                && List.of(words).stream().allMatch(String.valueOf(status.reason())::contains));
  }

  /**
   * Publishes a row again and again until the table has failed on one, as the first may still be
   * applied by the mappings of before.
   */
  TablePartitionStatus awaitFailureOn(TableSchema schema, String row, String... words) {
    return eventuallySees(
        schema.topic() + " to fail as " + List.of(words),
        SOON,
        () -> {
          source.publish(schema, row);
          return statuses.of(schema.topic());
        },
        status ->
            status.state() == State.FAILED
                && List.of(words).stream().allMatch(String.valueOf(status.reason())::contains));
  }

  /** The same until a query gives what holds all these words. */
  void awaitOn(
      TableSchema schema, String row, ClickHouseServer clickHouse, String query, String... words) {
    eventuallySees(
        "the answer to " + query + " to hold " + List.of(words),
        SOON,
        () -> {
          source.publish(schema, row);
          return clickHouse.query(query);
        },
        answer -> List.of(words).stream().allMatch(answer::contains));
  }

  /** Waits until a query gives this. */
  static void awaitRows(ClickHouseServer clickHouse, String query, String expected) {
    eventually("the rows of " + query, SOON, () -> clickHouse.query(query), expected);
  }

  @Override
  public void close() {
    stop();
    statuses.close();
    admin.close(Duration.ofSeconds(5));
    source.close();
  }
}
