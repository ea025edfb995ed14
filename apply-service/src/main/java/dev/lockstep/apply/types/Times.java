package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Dates and points in time. */
final class Times {
  private static final long FIRST_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(2299, 12, 31).toEpochDay();
  private static final long FIRST_SECOND = FIRST_DAY * 86_400;
  private static final long END_SECOND = (LAST_DAY + 1) * 86_400;
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private Times() {}

  /** Of the wire's days since 1970. */
  static TargetType date() {
    return new TargetType("Date32", (json, out) -> putDay(out, Integers.number(json)));
  }

  /** Of the wire's ISO date, with or without an offset. */
  static TargetType dateFromText() {
    return new TargetType(
        "Date32",
        (json, out) ->
            putDay(
                out,
                parse(json, t -> LocalDate.from(DateTimeFormatter.ISO_DATE.parse(t)))
                    .toEpochDay()));
  }

  /** Of the wire's count of units since 1970. */
  static TargetType dateTime(int digits, int wireDigits) {
    long unitsPerSecond = POWERS[wireDigits];
    return new TargetType(
        dateTimeName(digits),
        (json, out) -> {
          long units = Integers.number(json);
          long second = Math.floorDiv(units, unitsPerSecond);
          long nano = Math.floorMod(units, unitsPerSecond) * POWERS[9 - wireDigits];
          putDateTime(out, second, (int) nano, digits);
        });
  }

  /** Of the wire's ISO time; without an offset it is in UTC. */
  static TargetType dateTimeFromText(int digits) {
    return new TargetType(
        dateTimeName(digits),
        (json, out) -> {
          Instant time = parse(json, Times::instant);
          putDateTime(out, time.getEpochSecond(), time.getNano(), digits);
        });
  }

  static TargetType year() {
    return new TargetType(
        "UInt16",
        (json, out) -> {
          long year = Integers.number(json);
          if (year < 0 || year > 0xffff) {
            throw RecordFault.value(year, "is beyond UInt16");
          }
          out.putLittleEndian(year, Short.BYTES);
        });
  }

  private static Instant instant(String text) {
    return DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text, OffsetDateTime::from, LocalDateTime::from)
            instanceof OffsetDateTime withOffset
        ? withOffset.toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private interface Parsing<T> {
    T parse(String text);
  }

  private static <T> T parse(JsonParser json, Parsing<T> parsing) {
    String text = json.getString();
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw RecordFault.value(text, "is not a time as text");
    }
    try {
      return parsing.parse(text);
    } catch (DateTimeParseException e) {
      throw RecordFault.value(text, "is not an ISO time");
    }
  }

  private static void putDay(RowBuffer out, long day) {
    if (day < FIRST_DAY || day > LAST_DAY) {
      Object shown = Math.abs(day) < 365_000_000 ? LocalDate.ofEpochDay(day) : day + " days";
      throw RecordFault.value(shown, "is beyond Date32 (1900-01-01 to 2299-12-31)");
    }
    out.putLittleEndian(day, Integer.BYTES);
  }

  private static void putDateTime(RowBuffer out, long second, int nano, int digits) {
    if (second < FIRST_SECOND || second >= END_SECOND) {
      throw RecordFault.value(
          Instant.ofEpochSecond(second, nano), "is beyond DateTime64 (1900-01-01 to 2299-12-31)");
    }
    long nanosPerTick = POWERS[9 - digits];
    if (nano % nanosPerTick != 0) {
      throw RecordFault.value(
          Instant.ofEpochSecond(second, nano), "has more than " + digits + " fractional digits");
    }
    out.putLittleEndian(second * POWERS[digits] + nano / nanosPerTick, Long.BYTES);
  }

  private static String dateTimeName(int digits) {
    return "DateTime64(" + digits + ", 'UTC')";
  }
}
