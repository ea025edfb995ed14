package dev.lockstep.capture.exact;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A time in UTC as ISO 8601 text, in the form of Debezium's {@code
 * io.debezium.time.ZonedTimestamp}.
 */
public final class UtcText {
  private static final int SECONDS_LENGTH = "2026-11-23T01:02:03".length();
  private static final int MAX_DIGITS = 9;

  private UtcText() {}

  /**
   * The text, with as many fractional digits as the column declares.
   *
   * @param digits 0 or less, or more than 9, where it declares none
   * @return null where this is not one of the plain cases: a year of four digits, UTC, and no
   *     fraction where none is declared
   */
  public static @Nullable String of(ZonedDateTime time, int digits) {
    int year = time.getYear();
    boolean declared = digits > 0 && digits <= MAX_DIGITS;
    if (year < 0
        || year > 9999
        || !time.getOffset().equals(ZoneOffset.UTC)
        || !time.getZone().equals(ZoneOffset.UTC)
        || (!declared && time.getNano() != 0)) {
      return null;
    }
    byte[] text = new byte[SECONDS_LENGTH + (declared ? digits + 1 : 0) + 1];
    pair(text, 0, year / 100);
    pair(text, 2, year % 100);
    text[4] = '-';
    pair(text, 5, time.getMonthValue());
    text[7] = '-';
    pair(text, 8, time.getDayOfMonth());
    text[10] = 'T';
    pair(text, 11, time.getHour());
    text[13] = ':';
    pair(text, 14, time.getMinute());
    text[16] = ':';
    pair(text, 17, time.getSecond());
    if (declared) {
      fraction(text, digits, time.getNano());
    }
    text[text.length - 1] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void pair(byte[] text, int at, int value) {
    text[at] = (byte) ('0' + value / 10);
    text[at + 1] = (byte) ('0' + value % 10);
  }

  private static void fraction(byte[] text, int digits, int nanos) {
    text[SECONDS_LENGTH] = '.';
    int left = nanos;
    for (int i = MAX_DIGITS; i > 0; i--) {
      if (i <= digits) {
        text[SECONDS_LENGTH + i] = (byte) ('0' + left % 10);
      }
      left /= 10;
    }
  }
}
