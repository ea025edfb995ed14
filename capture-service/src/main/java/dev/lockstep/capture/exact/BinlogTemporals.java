package dev.lockstep.capture.exact;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Dates and times as row events of the binlog hold them; MySQL's "Date and Time Data Type
 * Representation" in its internals manual defines the layouts. Those with a 2 in their name came
 * with MySQL 5.6.4; the others are still in tables that were never rebuilt since.
 */
public final class BinlogTemporals {
  /** Nanoseconds of the last digit, by the bytes that hold the fraction. */
  private static final int[] FRACTION_UNIT = {0, 10_000_000, 100_000, 1_000};

  private BinlogTemporals() {}

  /** A DATE: 15 bits of year, 4 of month, 5 of day, little-endian. */
  public static LocalDate date(ByteArrayInputStream in) throws IOException {
    int value = in.readInteger(3);
    return ZeroDate.date(value >> 9, value >> 5 & 0xf, value & 0x1f);
  }

  /** A DATETIME as a decimal number YYYYMMDDhhmmss, little-endian. */
  public static LocalDateTime dateTime(ByteArrayInputStream in) throws IOException {
    long value = in.readLong(8);
    int date = (int) (value / 1_000_000);
    int time = (int) (value % 1_000_000);
    return LocalDateTime.of(
        ZeroDate.date(date / 10_000, date / 100 % 100, date % 100),
        LocalTime.of(time / 10_000, time / 100 % 100, time % 100));
  }

  /**
   * A DATETIME: a sign that is always set, 17 bits of year * 13 + month, 5 of day, 5 of hour, 6 of
   * minute, 6 of second, big-endian, and the fraction.
   */
  public static LocalDateTime dateTime2(int digits, ByteArrayInputStream in) throws IOException {
    long value = bigEndian(in, 5);
    int yearAndMonth = (int) (value >> 22 & 0x1ffff);
    LocalDate date =
        ZeroDate.date(yearAndMonth / 13, yearAndMonth % 13, (int) (value >> 17 & 0x1f));
    int hour = (int) (value >> 12 & 0x1f);
    int minute = (int) (value >> 6 & 0x3f);
    int second = (int) (value & 0x3f);
    return LocalDateTime.of(date, LocalTime.of(hour, minute, second, fraction(digits, in)));
  }

  /** A TIME as a signed decimal number hhhmmss, little-endian. */
  public static Duration time(ByteArrayInputStream in) throws IOException {
    int value = in.readInteger(3) << 8 >> 8;
    int size = Math.abs(value);
    long seconds = (size / 10_000 * 60L + size / 100 % 100) * 60 + size % 100;
    return Duration.ofSeconds(value < 0 ? -seconds : seconds);
  }

  /**
   * A TIME: a number with its fraction, big-endian, moved by half of its range so that it is never
   * negative; its size has 10 bits of hour, 6 of minute, 6 of second, and the fraction.
   */
  public static Duration time2(int digits, ByteArrayInputStream in) throws IOException {
    int fractionBytes = fractionBytes(digits);
    int fractionBits = fractionBytes * 8;
    long value = bigEndian(in, 3 + fractionBytes) - (1L << (23 + fractionBits));
    long size = Math.abs(value);
    long parts = size >> fractionBits;
    long seconds = ((parts >> 12 & 0x3ff) * 60 + (parts >> 6 & 0x3f)) * 60 + (parts & 0x3f);
    long nanos = (size & ((1L << fractionBits) - 1)) * FRACTION_UNIT[fractionBytes];
    return value < 0 ? Duration.ofSeconds(-seconds, -nanos) : Duration.ofSeconds(seconds, nanos);
  }

  /** A TIMESTAMP: seconds since 1970 in UTC, little-endian; 0 is 0000-00-00. */
  public static ZonedDateTime timestamp(ByteArrayInputStream in) throws IOException {
    return instant(in.readLong(4), 0);
  }

  /** A TIMESTAMP: seconds since 1970 in UTC, big-endian, and the fraction; 0 is 0000-00-00. */
  public static ZonedDateTime timestamp2(int digits, ByteArrayInputStream in) throws IOException {
    long seconds = bigEndian(in, 4);
    return instant(seconds, fraction(digits, in));
  }

  private static ZonedDateTime instant(long seconds, int nanos) {
    return seconds == 0
        ? ZeroDate.date(0, 0, 0).atTime(LocalTime.ofNanoOfDay(nanos)).atZone(ZoneOffset.UTC)
        : Instant.ofEpochSecond(seconds, nanos).atZone(ZoneOffset.UTC);
  }

  /** A YEAR: a byte counted from 1900; 0 is 0000. */
  public static Year year(ByteArrayInputStream in) throws IOException {
    int value = in.readInteger(1);
    return Year.of(value == 0 ? 0 : 1900 + value);
  }

  private static int fraction(int digits, ByteArrayInputStream in) throws IOException {
    int bytes = fractionBytes(digits);
    return bytes == 0 ? 0 : (int) bigEndian(in, bytes) * FRACTION_UNIT[bytes];
  }

  private static int fractionBytes(int digits) {
    return (digits + 1) / 2;
  }

  private static long bigEndian(ByteArrayInputStream in, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | in.readInteger(1);
    }
    return value;
  }
}
