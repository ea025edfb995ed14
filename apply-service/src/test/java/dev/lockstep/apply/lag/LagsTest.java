package dev.lockstep.apply.lag;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.pipeline.Polled;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.junit.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("apply")
@ExtendWith(Servers.class)
class LagsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final String topic = "lags." + UUID.randomUUID();
  private final TopicPartition zero = new TopicPartition(topic, 0);
  private final TopicPartition one = new TopicPartition(topic, 1);
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Offsets offsets = new Offsets();
  private final Arrivals arrivals = new Arrivals();
  Admin admin;
  KafkaProducer<byte[], byte[]> producer;
  Lags lags;

  @BeforeEach
  void open(KafkaServer kafka) throws Exception {
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    lags = new Lags(admin, offsets, arrivals, now::get);
  }

  @AfterEach
  void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }

  /** A transaction of so many records; its marker takes an offset too. */
  private void publish(TopicPartition to, int records) throws Exception {
    producer.beginTransaction();
    send(to, records);
    commit(to);
  }

  /** The producer does not wait until the transaction's markers are written. */
  private void commit(TopicPartition to) {
    producer.commitTransaction();
    eventually(
        "the commit to be written",
        Duration.ofSeconds(20),
        () -> end(to, IsolationLevel.READ_COMMITTED) == end(to, IsolationLevel.READ_UNCOMMITTED));
  }

  private long end(TopicPartition partition, IsolationLevel level) throws Exception {
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private void send(TopicPartition to, int records) throws Exception {
    for (int i = 0; i < records; i++) {
      producer.send(new ProducerRecord<>(topic, to.partition(), null, new byte[1])).get();
    }
  }

  private void applied(TopicPartition partition, long next, long records) {
    offsets.advance(partition, new Progress(next, records, records, 0, 0, 0, 0, 0, 0, 0));
  }

  private void polled(TopicPartition from, long offset, Instant published) {
    var record =
        new ConsumerRecord<>(
            from.topic(),
            from.partition(),
            offset,
            published.toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            new RecordHeaders(),
            Optional.empty());
    arrivals.polled(List.of(new Polled(from, List.of(record))));
  }

  private Lag lag(TopicPartition partition) {
    return Objects.requireNonNull(lags.of(partition));
  }

  @Test
  void whatIsPublishedAndNotAppliedIsTheLag() throws Exception {
    publish(zero, 9);
    publish(one, 4);
    applied(zero, 4, 4);
    applied(one, 5, 4);
    assertThat(lags.records(topic)).isNaN();
    assertThat(lags.seconds(topic)).isNaN();
    polled(zero, 4, NOON.minusSeconds(30));

    assertThat(lags.measure()).isEmpty();

    assertThat(lags.records(topic)).isEqualTo(6);
    assertThat(lags.seconds(topic)).isEqualTo(30);
    assertThat(lag(zero).oldestAt()).isEqualTo(NOON.minusSeconds(30));
    assertThat(lag(one).oldestAt()).isNull();
    now.set(NOON.plusSeconds(5));
    assertThat(lags.seconds(topic)).as("it grows by itself").isEqualTo(35);
    applied(zero, 10, 9);
    assertThat(lags.records(topic)).as("what has been applied since does not wait").isZero();
    assertThat(lags.seconds(topic)).isZero();
  }

  @Test
  void aPartitionOfWhichNothingWasAppliedIsBehindFromItsFirstRecord() throws Exception {
    publish(zero, 9);
    admin.deleteRecords(Map.of(zero, RecordsToDelete.beforeOffset(3))).all().get();
    offsets.advance(zero, Progress.NONE);
    lags.measure();
    assertThat(lags.records(topic)).isEqualTo(7);
  }

  @Test
  void recordsOfATransactionThatIsOpenDoNotWait() throws Exception {
    applied(zero, 0, 0);
    producer.beginTransaction();
    send(zero, 3);
    lags.measure();
    assertThat(lags.records(topic)).isZero();
    commit(zero);
    lags.measure();
    assertThat(lags.records(topic)).isEqualTo(4);
  }

  @Test
  void recordsThatAreNotPolledHaveWaitedSinceTheyWereSeen() throws Exception {
    publish(zero, 9);
    applied(zero, 2, 2);
    lags.measure();
    assertThat(lags.seconds(topic)).isZero();
    now.set(NOON.plusSeconds(60));
    lags.measure();
    assertThat(lags.seconds(topic)).isEqualTo(60);
    applied(zero, 3, 3);
    lags.measure();
    assertThat(lags.seconds(topic)).as("others").isZero();
  }

  @Test
  void aPublishersClockThatIsAheadMakesNoNegativeLag() throws Exception {
    publish(zero, 1);
    applied(zero, 0, 0);
    polled(zero, 0, NOON.plusSeconds(30));
    lags.measure();
    assertThat(lags.seconds(topic)).isZero();
  }

  @Test
  void theRateIsThatOfTheLastTenSeconds() {
    applied(zero, 0, 0);
    lags.measure();
    assertThat(lag(zero).recordsPerSecond()).isNull();
    for (int second = 1; second <= 20; second++) {
      now.set(NOON.plusSeconds(second));
      applied(zero, 0, second <= 10 ? 0 : (second - 10) * 100L);
      lags.measure();
    }
    assertThat(lag(zero).recordsPerSecond()).isEqualTo(100);
    now.set(NOON.plusSeconds(60));
    lags.measure();
    now.set(NOON.plusSeconds(71));
    lags.measure();
    assertThat(lag(zero).recordsPerSecond()).isZero();
  }

  @Test
  void aPartitionThatIsNotThereIsToldAndKeepsNoOtherFromBeingMeasured() throws Exception {
    publish(zero, 1);
    applied(zero, 0, 0);
    var gone = new TopicPartition(topic + ".gone", 0);
    applied(gone, 0, 0);
    assertThat(lags.measure().orElse("")).contains(gone.toString());
    assertThat(lags.records(topic)).isEqualTo(2);
    assertThat(lags.records(gone.topic())).isNaN();
  }

  @Test
  void partitionsThatWereGivenAwayHaveNoLag() throws Exception {
    publish(zero, 1);
    applied(zero, 0, 0);
    lags.measure();
    offsets.forget(List.of(zero));
    assertThat(lags.records(topic)).isNaN();
    lags.measure();
    assertThat(lags.of(zero)).isNull();
  }
}
