package dev.lockstep.apply;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.Time;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Dates and times without a policy: least, greatest, typical, and beyond. */
final class TimeCases {
  private static final String DEBEZIUM = "io.debezium.time.";
  private static final TypeOptions MICROSECONDS =
      new TypeOptions(null, null, null, null, null, Time.MICROSECONDS, null, null, null);

  private TimeCases() {}

  static Stream<TypeCase> all() {
    return Stream.of(dates(), dateTimes(), timestamps(), times()).flatMap(cases -> cases);
  }

  private static Stream<TypeCase> dates() {
    long first = LocalDate.of(1900, 1, 1).toEpochDay();
    long last = LocalDate.of(2299, 12, 31).toEpochDay();
    return Stream.of(
        TypeCase.of("DATE", null, "int32", DEBEZIUM + "Date", "Date32")
            .good("" + first, "1900-01-01")
            .good("" + last, "2299-12-31")
            .good("-1", "1969-12-31")
            .bad("" + (first - 1), "value 1899-12-31 is beyond Date32")
            .bad("" + (last + 1), "set outOfRange to CLAMP or STRING")
            .bad("" + Long.MAX_VALUE, "" + Long.MIN_VALUE, "\"2020-01-01\"")
            .badZero("2024-05-00", "value 2024-05-00 is no date of the calendar"),
        TypeCase.of("DATE", null, "string", DEBEZIUM + "IsoDate", "Date32")
            .good("\"2024-02-29Z\"", "2024-02-29")
            .good("\"2024-02-29\"", "2024-02-29")
            .good("\"2100-03-01+02:00\"", "2100-03-01")
            .bad("\"2023-02-29Z\"", "\"2100-02-29\"", "\"1899-12-31Z\"", "1")
            .bad("\"2024-2-29\"", "\"2024-00-01\"", "\"2024-01-32\"", "\"\"", "\"2024-01-01x\""),
        TypeCase.of("YEAR", 4, "int32", DEBEZIUM + "Year", "UInt16")
            .good("1901", "1901")
            .good("2155", "2155")
            .good("0", "0")
            .bad("-1", "65536", "\"2000\""));
  }

  private static Stream<TypeCase> dateTimes() {
    return Stream.of(
        TypeCase.of("DATETIME", null, "int64", DEBEZIUM + "Timestamp", "DateTime64(0, 'UTC')")
            .good("0", "1970-01-01 00:00:00")
            .good("-1000", "1969-12-31 23:59:59")
            .good("10413791999000", "2299-12-31 23:59:59")
            .good("-2208988800000", "1900-01-01 00:00:00")
            .bad("1", "has more than 0 fractional digits")
            .bad("10413792000000", "value 2300-01-01 00:00:00 is beyond DateTime64")
            .bad("-2208988801000")
            .bad("\"x\"")
            .badZero("0000-00-00 00:00:00", "set zeroDates to"),
        TypeCase.of("DATETIME", 3, "int64", DEBEZIUM + "Timestamp", "DateTime64(3, 'UTC')")
            .good("-1", "1969-12-31 23:59:59.999")
            .good("1700000000123", "2023-11-14 22:13:20.123")
            .bad("" + Long.MAX_VALUE)
            .bad("" + Long.MIN_VALUE),
        TypeCase.of("DATETIME", 6, "int64", DEBEZIUM + "MicroTimestamp", "DateTime64(6, 'UTC')")
            .good("-1", "1969-12-31 23:59:59.999999")
            .good("1700000000123456", "2023-11-14 22:13:20.123456")
            .good("10413791999999999", "2299-12-31 23:59:59.999999")
            .bad("10413792000000000")
            .bad("1.0"),
        TypeCase.of("DATETIME", 4, "int64", DEBEZIUM + "NanoTimestamp", "DateTime64(4, 'UTC')")
            .good("1700000000123400000", "2023-11-14 22:13:20.1234")
            .bad("1700000000123456000")
            .bad("1700000000123456001"));
  }

  private static Stream<TypeCase> timestamps() {
    return Stream.of(
        TypeCase.of("TIMESTAMP", 6, "string", DEBEZIUM + "ZonedTimestamp", "DateTime64(6, 'UTC')")
            .good("\"2024-03-31T01:30:00Z\"", "2024-03-31 01:30:00.000000")
            .good("\"2024-03-31T02:30:00.5+02:00\"", "2024-03-31 00:30:00.500000")
            .good("\"2024-10-26T20:30:00.000001-05:30\"", "2024-10-27 02:00:00.000001")
            .good("\"1970-01-01T00:00:01Z\"", "1970-01-01 00:00:01.000000")
            .good("\"2038-01-19T03:14:07.499999Z\"", "2038-01-19 03:14:07.499999")
            .good("\"2024-03-31T01:30:00.123456000\"", "2024-03-31 01:30:00.123456")
            .bad("\"2024-03-31\"", "\"2024-03-31T01:30:00.1234567Z\"", "0")
            .bad("\"2024-03-31T24:00:00Z\"", "\"2024-03-31T00:60:00Z\"", "\"2024-03-31T00:00:60Z\"")
            .bad(
                "\"2024-03-31T00:00:00.Z\"", "\"2024-03-31T00:00:00+2\"", "\"2024-03-31 00:00:00\"")
            .bad("\"2024-03-31T00:00:00+19:00\"")
            .bad("\"2024-13-31T00:00:00Z\""),
        TypeCase.of(
                "TIMESTAMP", null, "string", DEBEZIUM + "ZonedTimestamp", "DateTime64(0, 'UTC')")
            .good("\"2024-03-31T01:30:00Z\"", "2024-03-31 01:30:00")
            .bad("\"2024-03-31T01:30:00.1Z\""));
  }

  private static Stream<TypeCase> times() {
    return Stream.of(
        TypeCase.of("TIME", null, "int64", DEBEZIUM + "MicroTime", "Time")
            .good("-3020399000000", "-838:59:59")
            .good("3020399000000", "838:59:59")
            .good("0", "00:00:00")
            .good("-3723000000", "-01:02:03")
            .bad("1", "has more than 0 fractional digits")
            .bad("-3723000001", "value -01:02:03.000001 has more")
            .bad("3600000000000", "value 1000:00:00 is beyond Time64")
            .bad("-3600000000000")
            .bad("\"01:00:00\""),
        TypeCase.of("TIME", 3, "int64", DEBEZIUM + "MicroTime", "Time64(3)")
            .good("-1000", "-00:00:00.001")
            .good("3020398999000", "838:59:58.999")
            .bad("1"),
        TypeCase.of("TIME", 6, "int64", DEBEZIUM + "MicroTime", "Time64(6)")
            .good("-3020398999999", "-838:59:58.999999")
            .good("3020398999999", "838:59:58.999999")
            .good("-3723123456", "-01:02:03.123456")
            .good("1", "00:00:00.000001"),
        TypeCase.of("TIME", 2, "int32", DEBEZIUM + "Time", "Time64(2)").good("1230", "00:00:01.23"),
        TypeCase.of("TIME", 6, "int64", DEBEZIUM + "NanoTime", "Time64(6)")
            .good("-1000", "-00:00:00.000001")
            .bad("1"),
        TypeCase.of("TIME", 6, "int64", DEBEZIUM + "MicroTime", "Int64")
            .with("MICROSECONDS", MICROSECONDS)
            .good("-3723123456", "-3723123456")
            .good("3020399000000", "3020399000000")
            .bad("3600000000000", "is beyond"));
  }
}
