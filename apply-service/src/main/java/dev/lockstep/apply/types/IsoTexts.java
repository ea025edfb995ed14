package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads dates and times of ISO 8601 where they lie: no String is made of them. */
final class IsoTexts {
  private static final int DATE = 10;
  private static final int DATE_AND_TIME = 19;
  private static final int OFFSET = 6;
  private static final int MOST_DIGITS = 9;

  private IsoTexts() {}

  /** Midnight of a date such as {@code 2024-02-29}; an offset after it does not matter. */
  static long date(JsonParser json) {
    char[] text = text(json);
    int start = json.getStringOffset();
    int end = start + json.getStringLength();
    if (end - start < DATE || offset(text, start + DATE, end) == Integer.MIN_VALUE) {
      throw bad(json);
    }
    return day(json, text, start) * TimeReader.MICROS_PER_DAY;
  }

  /** A time such as {@code 2024-02-29T12:00:00.5Z}; without an offset it is in UTC. */
  static long dateTime(JsonParser json) {
    char[] text = text(json);
    int start = json.getStringOffset();
    int end = start + json.getStringLength();
    if (end - start < DATE_AND_TIME || text[start + DATE] != 'T') {
      throw bad(json);
    }
    int time = timeOfDay(text, start + DATE + 1);
    int fractionEnd = fractionEnd(text, start + DATE_AND_TIME, end);
    int offset = offset(text, fractionEnd, end);
    if (time < 0 || offset == Integer.MIN_VALUE) {
      throw bad(json);
    }
    long second = day(json, text, start) * 86_400 + time - offset;
    return second * TimeReader.MICROS_PER_SECOND
        + fraction(json, text, start + DATE_AND_TIME, fractionEnd);
  }

  private static char[] text(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw RecordFault.value(json.getString(), "is not a time as text");
    }
    return json.getStringCharacters();
  }

  private static long day(JsonParser json, char[] text, int start) {
    int year = number(text, start, 4);
    int month = number(text, start + 5, 2);
    int day = number(text, start + 8, 2);
    boolean dashes = text[start + 4] == '-' && text[start + 7] == '-';
    if (!dashes || year < 0 || !Calendar.isDate(year, month, day)) {
      throw bad(json);
    }
    return Calendar.day(year, month, day);
  }

  /** Seconds, or a negative number when it is no time of day. */
  private static int timeOfDay(char[] text, int start) {
    int hour = number(text, start, 2);
    int minute = number(text, start + 3, 2);
    int second = number(text, start + 6, 2);
    boolean colons = text[start + 2] == ':' && text[start + 5] == ':';
    boolean inRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    return colons && inRange && second >= 0 && second < 60
        ? hour * 3600 + minute * 60 + second
        : -1;
  }

  private static int fractionEnd(char[] text, int start, int end) {
    int at = start;
    if (at < end && text[at] == '.') {
      at++;
      while (at < end && text[at] >= '0' && text[at] <= '9') {
        at++;
      }
    }
    return at;
  }

  private static long fraction(JsonParser json, char[] text, int start, int end) {
    int digits = Math.max(end - start - 1, 0);
    if (digits == 0 && end == start) {
      return 0;
    }
    if (digits == 0 || digits > MOST_DIGITS) {
      throw bad(json);
    }
    long nanos = number(text, start + 1, digits);
    for (int i = digits; i < MOST_DIGITS; i++) {
      nanos *= 10;
    }
    if (nanos % 1000 != 0) {
      throw RecordFault.value(json.getString(), "has more than 6 fractional digits");
    }
    return nanos / 1000;
  }

  /** Seconds east of UTC; the lowest int when it is no offset. */
  private static int offset(char[] text, int start, int end) {
    if (start == end || (start + 1 == end && text[start] == 'Z')) {
      return 0;
    }
    boolean signed = end - start == OFFSET && (text[start] == '+' || text[start] == '-');
    if (!signed || text[start + 3] != ':') {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, start + 1, 2);
    int minutes = number(text, start + 4, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return text[start] == '-' ? -seconds : seconds;
  }

  /** Of decimal digits of ASCII; negative when there are others. */
  private static int number(char[] text, int start, int digits) {
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static RecordFault bad(JsonParser json) {
    return RecordFault.value(json.getString(), "is not an ISO time");
  }
}
