package dev.lockstep.apply.lag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.pipeline.Polled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apply")
class ArrivalsTest {
  private static final TopicPartition ZERO = new TopicPartition("t", 0);
  private static final TopicPartition ONE = new TopicPartition("t", 1);

  private final Arrivals arrivals = new Arrivals();

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, long millis) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        millis,
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }

  private void polled(TopicPartition partition, long first, long last, long from, long to) {
    arrivals.polled(
        Polled.of(List.of(record(partition, first, from), record(partition, last, to))));
  }

  private Optional<Long> at(TopicPartition partition, long offset) {
    return arrivals.at(partition, offset).map(Instant::toEpochMilli);
  }

  @Test
  void aRecordsTimeIsTakenBetweenThoseOfItsPoll() {
    polled(ZERO, 100, 200, 1_000, 3_000);
    polled(ZERO, 201, 201, 9_000, 9_000);
    assertThat(at(ZERO, 0)).as("what is before was no record").contains(1_000L);
    assertThat(at(ZERO, 100)).contains(1_000L);
    assertThat(at(ZERO, 150)).contains(2_000L);
    assertThat(at(ZERO, 201)).contains(9_000L);
    assertThat(at(ZERO, 202)).as("not polled yet").isEmpty();
  }

  @Test
  void partitionsOfOnePollAreToldApart() {
    arrivals.polled(
        Polled.of(
            List.of(
                record(ZERO, 5, 50),
                record(ZERO, 6, 60),
                record(ONE, 5, 500),
                record(ONE, 7, 700))));
    assertThat(at(ZERO, 6)).contains(60L);
    assertThat(at(ZERO, 7)).isEmpty();
    assertThat(at(ONE, 6)).contains(600L);
  }

  @Test
  void whatIsReadAgainCountsOnce() {
    polled(ZERO, 0, 9, 0, 90);
    polled(ZERO, 10, 19, 1_000, 1_090);
    polled(ZERO, 10, 14, 1_000, 1_040);
    assertThat(at(ZERO, 14)).contains(1_040L);
    assertThat(at(ZERO, 15)).isEmpty();
  }

  @Test
  void manySmallPollsAreKeptAsFew() {
    for (int i = 0; i < 10_000; i++) {
      polled(ZERO, i, i, i * 10L, i * 10L);
    }
    assertThat(at(ZERO, 0)).contains(0L);
    assertThat(at(ZERO, 9_999)).contains(99_990L);
  }

  @Test
  void manySmallPollsLoseNoRecord() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      polled(ZERO, i, i, i * 10L, i * 10L);
    }
    for (int i = 0; i < 200; i++) {
      at(ZERO, i).ifPresent(times::add);
    }
    assertThat(times).hasSize(200).isSorted().startsWith(0L, 10L).endsWith(1_990L);
  }

  @Test
  void partitionsThatWereGivenAwayAreNotKnown() {
    polled(ZERO, 0, 9, 0, 90);
    polled(ONE, 0, 9, 0, 90);
    arrivals.forget(List.of(ZERO));
    assertThat(at(ZERO, 0)).isEmpty();
    assertThat(at(ONE, 0)).contains(0L);
  }
}
