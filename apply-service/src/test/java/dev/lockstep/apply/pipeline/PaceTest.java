package dev.lockstep.apply.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("apply")
class PaceTest {
  private static final Flush FLUSH =
      new Flush(100_000, 64 << 20, Duration.ofMillis(200), Duration.ofSeconds(2));

  private static Pace pace(double share) {
    return new Pace(FLUSH, 4, topic -> topic.equals("crowded") ? share : 0);
  }

  private static long millis(Pace pace, String topic, int activeTopics) {
    return Duration.ofNanos(pace.delayNanos(topic, activeTopics)).toMillis();
  }

  private static Pace withInsertsOf(long millis, double share) {
    Pace pace = pace(share);
    pace.inserted(1, Duration.ofMillis(millis).toNanos());
    return pace;
  }

  @ParameterizedTest
  @CsvSource({"1, 200", "80, 200", "160, 400", "400, 1000", "800, 2000", "2000, 2000"})
  void rowsWaitUntilSmallInsertsOfAllTopicsTakeHalfOfTheConnections(int topics, long expected) {
    assertThat(millis(withInsertsOf(5, 0), "t", topics)).isEqualTo(expected);
  }

  @Test
  void whatLargeInsertsTakeIsNotWhatASmallOneWould() {
    Pace pace = withInsertsOf(5, 0);
    pace.inserted(50_000, Duration.ofSeconds(20).toNanos());
    assertThat(millis(pace, "t", 160)).isEqualTo(400);
  }

  @Test
  void aSlowInsertAmongManyCountsLittle() {
    Pace pace = withInsertsOf(5, 0);
    pace.inserted(1, Duration.ofMillis(15).toNanos());
    assertThat(millis(pace, "t", 160)).isEqualTo(480);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 200",
    "0.1, 200",
    "0.2, 800",
    "0.3, 1800",
    "0.5, 5000",
    "1, 20000",
    "1.2, 28800",
    "3, 30000"
  })
  void aTopicWhoseTablesHaveManyPartsWaitsLongerAndNoOtherDoes(double share, long expected) {
    Pace pace = pace(share);
    assertThat(millis(pace, "crowded", 1)).isEqualTo(expected);
    assertThat(millis(pace, "t", 1)).isEqualTo(200);
  }

  @Test
  void manyPartsAddToManyTables() {
    assertThat(millis(withInsertsOf(5, 0.2), "crowded", 400)).isEqualTo(4_000);
    assertThat(millis(withInsertsOf(5, 0.9), "crowded", 400)).isEqualTo(30_000);
  }

  @Test
  void aLongerDelayThatIsConfiguredIsNotCutShort() {
    var patient = new Flush(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(2));
    assertThat(millis(new Pace(patient, 4, topic -> 1), "t", 1)).isEqualTo(60_000);
  }
}
