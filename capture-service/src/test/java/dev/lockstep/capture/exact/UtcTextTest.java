package dev.lockstep.capture.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.time.ZonedTimestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class UtcTextTest {
  @Test
  void theTextIsDebeziums() {
    Random random = new Random(20261123);
    for (int digits = -1; digits <= 10; digits++) {
      for (int i = 0; i < 500; i++) {
        long seconds = random.nextLong(-62_167_219_200L, 253_402_300_800L);
        int unit = (int) Math.pow(10, 9 - Math.clamp(digits, 0, 9));
        int nanos =
            i % 5 == 0 || digits < 1 || digits > 9
                ? 0
                : random.nextInt(1_000_000_000 / unit) * unit;
        ZonedDateTime time = Instant.ofEpochSecond(seconds, nanos).atZone(ZoneOffset.UTC);

        assertThat(UtcText.of(time, digits))
            .isEqualTo(ZonedTimestamp.toIsoString(time, null, null, digits));
      }
    }
  }

  @Test
  void whatIsNotPlainIsLeftToDebezium() {
    ZonedDateTime plain = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

    assertThat(UtcText.of(plain, 0)).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(UtcText.of(plain.withYear(-1), 0)).isNull();
    assertThat(UtcText.of(plain.withYear(10_000), 0)).isNull();
    assertThat(UtcText.of(plain.withNano(1), 0)).isNull();
    assertThat(UtcText.of(plain.withZoneSameInstant(ZoneOffset.ofHours(1)), 0)).isNull();
    assertThat(UtcText.of(plain.withZoneSameInstant(ZoneId.of("Europe/Berlin")), 0)).isNull();
  }
}
