package dev.lockstep.capture.exact;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.chrono.IsoChronology;
import java.util.Locale;

/**
 * A date that MySQL can hold and the calendar can't: one with a zero in year, month or day, or
 * (with {@code ALLOW_INVALID_DATES}) a day that its month does not have. Debezium's types have no
 * place for it, so it travels inside this process as a marker: a real date long before year 0, one
 * for each zero date. Whoever writes values out turns the marker back; none leaves the process.
 *
 * @param year 0 to 9999
 * @param month 0 to 12
 * @param day 0 to 31
 */
public record ZeroDate(int year, int month, int day) {
  /** The epoch day of the marker of 0000-00-00; the others are before it, in year -769 and less. */
  public static final long LAST_MARKER = -1_000_000;

  private static final int MONTHS = 13;
  private static final int DAYS = 32;

  /** Checks the ranges that make the markers unique. */
  public ZeroDate {
    if (year < 0 || year > 9999 || month < 0 || month >= MONTHS || day < 0 || day >= DAYS) {
      throw new IllegalArgumentException(
          "MySQL has no date with year %d, month %d and day %d".formatted(year, month, day));
    }
  }

  /** The date, or the marker where the calendar has no such date. */
  static LocalDate date(int year, int month, int day) {
    return year > 0 && month > 0 && day > 0 && day <= lastDay(year, month)
        ? LocalDate.of(year, month, day)
        : new ZeroDate(year, month, day).marker();
  }

  private static int lastDay(int year, int month) {
    return Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year));
  }

  /** The date that stands for this one within the process. */
  public LocalDate marker() {
    return LocalDate.ofEpochDay(LAST_MARKER - ((long) year * MONTHS + month) * DAYS - day);
  }

  /** Whether the day, counted from 1970-01-01, is a marker. */
  public static boolean isMarker(long epochDay) {
    return epochDay <= LAST_MARKER;
  }

  /** What a marker stands for. */
  public static ZeroDate of(LocalDate marker) {
    int code = Math.toIntExact(LAST_MARKER - marker.toEpochDay());
    return new ZeroDate(code / DAYS / MONTHS, code / DAYS % MONTHS, code % DAYS);
  }

  /** MySQL's text of it, such as {@code 2024-05-00}. */
  public String text() {
    return String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
  }

  /**
   * MySQL's text of a date and time whose date is a marker.
   *
   * @param marker the marker with its time of day
   * @param digits the fractional digits that the column declares, 0 to 6
   */
  public static String text(LocalDateTime marker, int digits) {
    LocalTime time = marker.toLocalTime();
    String text =
        String.format(
            Locale.ROOT,
            "%s %02d:%02d:%02d.%06d",
            of(marker.toLocalDate()).text(),
            time.getHour(),
            time.getMinute(),
            time.getSecond(),
            time.getNano() / 1000);
    int fraction = text.length() - 6;
    return text.substring(0, digits == 0 ? fraction - 1 : fraction + digits);
  }
}
