package dev.lockstep.capture.encode;

import dev.lockstep.capture.exact.ZeroDate;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The forms that Debezium gives to dates, and dates with times of day, by its {@code
 * time.precision.mode}; each can hold the marker of a {@link ZeroDate}, but for nanoseconds since
 * 1970, which reach back to 1677 only.
 */
enum TemporalForm {
  DAYS,
  MILLIS,
  MICROS,
  ZONED_TEXT,
  DATE_TEXT,
  DATE_TIME_TEXT,
  CONNECT_DATE,
  CONNECT_TIMESTAMP;

  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
  private static final long MICROS_PER_DAY = MILLIS_PER_DAY * 1000;

  /** The form of a schema's values; null where they are no dates. */
  static @Nullable TemporalForm of(Schema schema) {
    return switch (schema.name()) {
      case io.debezium.time.Date.SCHEMA_NAME -> DAYS;
      case io.debezium.time.Timestamp.SCHEMA_NAME -> MILLIS;
      case io.debezium.time.MicroTimestamp.SCHEMA_NAME -> MICROS;
      case io.debezium.time.ZonedTimestamp.SCHEMA_NAME -> ZONED_TEXT;
      case io.debezium.time.IsoDate.SCHEMA_NAME -> DATE_TEXT;
      case io.debezium.time.IsoTimestamp.SCHEMA_NAME -> DATE_TIME_TEXT;
      case org.apache.kafka.connect.data.Date.LOGICAL_NAME -> CONNECT_DATE;
      case org.apache.kafka.connect.data.Timestamp.LOGICAL_NAME -> CONNECT_TIMESTAMP;
      case null, default -> null;
    };
  }

  /** The marker that a value is, with its time of day; null for any other value. */
  @Nullable LocalDateTime marker(Object value) {
    return switch (this) {
      case DAYS -> marker((Integer) value, 1);
      case MILLIS -> marker((Long) value, MILLIS_PER_DAY);
      case MICROS -> marker((Long) value, MICROS_PER_DAY);
      case CONNECT_DATE, CONNECT_TIMESTAMP ->
          marker(((java.util.Date) value).toInstant().toEpochMilli(), MILLIS_PER_DAY);
      case ZONED_TEXT, DATE_TEXT, DATE_TIME_TEXT -> marker((String) value);
    };
  }

  private static @Nullable LocalDateTime marker(long value, long unitsPerDay) {
    long day = Math.floorDiv(value, unitsPerDay);
    if (!ZeroDate.isMarker(day)) {
      return null;
    }
    long nanosPerUnit = Duration.ofDays(1).toNanos() / unitsPerDay;
    LocalTime time = LocalTime.ofNanoOfDay(Math.floorMod(value, unitsPerDay) * nanosPerUnit);
    return LocalDate.ofEpochDay(day).atTime(time);
  }

  /** Only a marker's text begins with the sign of a negative year. */
  private @Nullable LocalDateTime marker(String value) {
    if (value.charAt(0) != '-') {
      return null;
    }
    return this == DATE_TEXT
        ? LocalDate.parse(value, DateTimeFormatter.ISO_OFFSET_DATE).atStartOfDay()
        : LocalDateTime.parse(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  /** MySQL's text of what a marker stands for. */
  String text(LocalDateTime marker, int fractionalDigits) {
    return this == DAYS || this == DATE_TEXT || this == CONNECT_DATE
        ? ZeroDate.of(marker.toLocalDate()).text()
        : ZeroDate.text(marker, fractionalDigits);
  }

  /** 1970-01-01, which Debezium writes for a zero date in a column that is NOT NULL. */
  void writeEpoch(JsonGenerator json) {
    switch (this) {
      case DAYS, MILLIS, MICROS, CONNECT_DATE, CONNECT_TIMESTAMP -> json.writeNumber(0);
      case ZONED_TEXT, DATE_TIME_TEXT ->
          json.writeString(
              DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                  LocalDate.EPOCH.atStartOfDay(ZoneOffset.UTC)));
      case DATE_TEXT ->
          json.writeString(
              DateTimeFormatter.ISO_OFFSET_DATE.format(
                  LocalDate.EPOCH.atStartOfDay(ZoneOffset.UTC)));
    }
  }
}
