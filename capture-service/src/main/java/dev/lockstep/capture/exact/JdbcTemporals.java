package dev.lockstep.capture.exact;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;

/**
 * Dates and times as MySQL sends them in a result set, in both of its protocols. The text protocol
 * sends {@code 2024-05-01 12:30:00.5}; the binary protocol ("Binary Protocol Value" in MySQL's
 * internals manual) sends little-endian numbers and leaves out zeros at the end. The two are told
 * apart by length and first byte, for a connection can use both.
 */
final class JdbcTemporals {
  private static final int TEXT_DATE_TIME = "0000-00-00 00:00:00".length();

  private JdbcTemporals() {}

  static LocalDate date(byte[] value) {
    if (isText(value)) {
      return ZeroDate.date(digits(value, 0, 4), digits(value, 5, 2), digits(value, 8, 2));
    }
    return value.length < 4
        ? ZeroDate.date(0, 0, 0)
        : ZeroDate.date(number(value, 0, 2), value[2], value[3]);
  }

  static LocalDateTime dateTime(byte[] value) {
    return LocalDateTime.of(date(value), isText(value) ? textTime(value) : binaryTime(value));
  }

  private static boolean isText(byte[] value) {
    return value.length > 4 && value[4] == '-' && value[7] == '-';
  }

  private static LocalTime textTime(byte[] value) {
    return value.length < TEXT_DATE_TIME
        ? LocalTime.MIDNIGHT
        : LocalTime.of(
            digits(value, 11, 2),
            digits(value, 14, 2),
            digits(value, 17, 2),
            1000 * textMicros(value, TEXT_DATE_TIME));
  }

  private static LocalTime binaryTime(byte[] value) {
    return value.length < 7
        ? LocalTime.MIDNIGHT
        : LocalTime.of(
            value[4], value[5], value[6], value.length < 11 ? 0 : 1000 * number(value, 7, 4));
  }

  /** Hours of up to three digits, with a sign. */
  static Duration time(byte[] value) {
    if (value.length == 0) {
      return Duration.ZERO;
    }
    return value[0] <= 1 ? binaryDuration(value) : textDuration(value);
  }

  private static Duration binaryDuration(byte[] value) {
    long hours = number(value, 1, 4) * 24L + value[5];
    int micros = value.length < 12 ? 0 : number(value, 8, 4);
    return duration(value[0] == 1, hours, value[6], value[7], micros);
  }

  private static Duration textDuration(byte[] value) {
    int start = value[0] == '-' ? 1 : 0;
    int colon = start;
    while (value[colon] != ':') {
      colon++;
    }
    return duration(
        start == 1,
        digits(value, start, colon - start),
        digits(value, colon + 1, 2),
        digits(value, colon + 4, 2),
        textMicros(value, colon + 6));
  }

  private static Duration duration(
      boolean negative, long hours, int minutes, int seconds, int micros) {
    Duration size = Duration.ofSeconds((hours * 60 + minutes) * 60 + seconds, 1000L * micros);
    return negative ? size.negated() : size;
  }

  static Year year(byte[] value) {
    return Year.of(value.length == 4 ? digits(value, 0, 4) : number(value, 0, value.length));
  }

  /** The digits after a point at this place, as microseconds; 0 when the text ends here. */
  private static int textMicros(byte[] value, int point) {
    int micros = 0;
    for (int i = point + 1; i <= point + 6; i++) {
      micros = micros * 10 + (i < value.length ? value[i] - '0' : 0);
    }
    return micros;
  }

  private static int digits(byte[] value, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      number = number * 10 + value[i] - '0';
    }
    return number;
  }

  private static int number(byte[] value, int from, int bytes) {
    int number = 0;
    for (int i = from + bytes - 1; i >= from; i--) {
      number = number << 8 | (value[i] & 0xff);
    }
    return number;
  }
}
