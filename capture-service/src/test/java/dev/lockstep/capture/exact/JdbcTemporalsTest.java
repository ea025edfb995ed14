package dev.lockstep.capture.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The binary forms are those that MySQL's internals manual gives as examples. */
@Tag("types")
class JdbcTemporalsTest {
  @Test
  void readsTheTextProtocol() {
    assertThat(JdbcTemporals.date(text("0001-02-03"))).isEqualTo(LocalDate.of(1, 2, 3));
    assertThat(JdbcTemporals.date(text("2024-02-30"))).isEqualTo(ZeroDate.date(2024, 2, 30));
    assertThat(JdbcTemporals.dateTime(text("2024-03-31 02:30:00")))
        .isEqualTo(LocalDateTime.of(2024, 3, 31, 2, 30));
    assertThat(JdbcTemporals.dateTime(text("2024-03-31 02:30:00.05")))
        .isEqualTo(LocalDateTime.of(2024, 3, 31, 2, 30, 0, 50_000_000));
    assertThat(JdbcTemporals.time(text("-838:59:59.000001")))
        .isEqualTo(Duration.ofHours(-838).minusMinutes(59).minusSeconds(59).minusNanos(1000));
    assertThat(JdbcTemporals.time(text("00:00:01"))).isEqualTo(Duration.ofSeconds(1));
    assertThat(JdbcTemporals.year(text("0000"))).isEqualTo(Year.of(0));
  }

  @Test
  void readsTheBinaryProtocol() {
    assertThat(JdbcTemporals.date(bytes("da070a11"))).isEqualTo(LocalDate.of(2010, 10, 17));
    assertThat(JdbcTemporals.date(bytes(""))).isEqualTo(ZeroDate.date(0, 0, 0));
    assertThat(JdbcTemporals.dateTime(bytes(""))).isEqualTo(ZeroDate.date(0, 0, 0).atStartOfDay());
    assertThat(JdbcTemporals.dateTime(bytes("da070a11131b1e01000000")))
        .isEqualTo(LocalDateTime.of(2010, 10, 17, 19, 27, 30, 1000));
    assertThat(JdbcTemporals.dateTime(bytes("da070a00131b1e")))
        .isEqualTo(ZeroDate.date(2010, 10, 0).atTime(19, 27, 30));
    assertThat(JdbcTemporals.time(bytes("0178000000131b1e01000000")))
        .isEqualTo(
            Duration.ofDays(-120)
                .minusHours(19)
                .minusMinutes(27)
                .minusSeconds(30)
                .minusNanos(1000));
    assertThat(JdbcTemporals.time(bytes("0022000000161b1e")))
        .isEqualTo(Duration.ofDays(34).plusHours(22).plusMinutes(27).plusSeconds(30));
    assertThat(JdbcTemporals.time(bytes(""))).isEqualTo(Duration.ZERO);
    assertThat(JdbcTemporals.year(bytes("6b08"))).isEqualTo(Year.of(2155));
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
