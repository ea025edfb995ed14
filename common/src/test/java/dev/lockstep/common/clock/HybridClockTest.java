package dev.lockstep.common.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HybridClockTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
  private static final long MICROS = 1_795_341_600_123_456L;

  @Test
  void readsAsMicrosecondsOfTheWallClock() {
    assertThat(new HybridClock(InstantSource.fixed(NOW), 0).next()).isEqualTo(MICROS);
  }

  @Test
  void risesByOneWhileTheWallClockStands() {
    var clock = new HybridClock(InstantSource.fixed(NOW), 0);
    assertThat(clock.next()).isEqualTo(MICROS);
    assertThat(clock.next()).isEqualTo(MICROS + 1);
    assertThat(clock.last()).isEqualTo(MICROS + 1);
  }

  @Test
  void goesOnAboveTheLastVersionWhenTheWallClockWentBack() {
    long later = MICROS + 3_600_000_000L;
    assertThat(new HybridClock(InstantSource.fixed(NOW), later).next()).isEqualTo(later + 1);
  }
}
