package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads one wire form of dates and times. */
@FunctionalInterface
interface TimeReader {
  /** Microseconds since 1970 in UTC; a date is its midnight. */
  long micros(JsonParser json);

  long MICROS_PER_SECOND = 1_000_000;
  long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** Of a count of days since 1970. */
  static TimeReader ofDays() {
    return ofUnits(MICROS_PER_DAY);
  }

  /** Of a count of units, of so many microseconds each. */
  static TimeReader ofUnits(long microsPerUnit) {
    return json -> {
      long units = Integers.number(json);
      if (Math.abs(units) > Long.MAX_VALUE / microsPerUnit || units == Long.MIN_VALUE) {
        throw RecordFault.value(units, "is beyond every date");
      }
      return units * microsPerUnit;
    };
  }

  /** Of a count of milliseconds; null for a column of more digits, which they have cut. */
  static @Nullable TimeReader ofMillis(int digits) {
    return digits <= 3 ? ofUnits(1000) : null;
  }

  /** Of a count of nanoseconds. */
  static TimeReader ofNanos() {
    return json -> {
      long nanos = Integers.number(json);
      if (nanos % 1000 != 0) {
        throw RecordFault.value(nanos + " ns", "has more than 6 fractional digits");
      }
      return nanos / 1000;
    };
  }
}
