package dev.lockstep.apply;

import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.mapping.TypeOptions.OutOfRange;
import dev.lockstep.common.mapping.TypeOptions.ZeroDates;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Dates and times that ClickHouse does not have, under each policy. */
final class TimePolicyCases {
  private static final String DEBEZIUM = "io.debezium.time.";
  private static final String ZERO = "0000-00-00 00:00:00";
  private static final String LAST_MICRO = "253402300799999999";

  private TimePolicyCases() {}

  static Stream<TypeCase> all() {
    return Stream.of(nulls(), epochs(), clamped(), texts()).flatMap(cases -> cases);
  }

  private static Stream<TypeCase> nulls() {
    return Stream.of(
        date("Nullable(Date32)")
            .with("NULL", options(ZeroDates.NULL, null))
            .nullIs("Nullable(Date32)", "\\N")
            .good("0", "1970-01-01")
            .zero("0000-00-00", "\\N", true)
            .zero("2024-05-00", "\\N", true)
            .bad("-30000", "value 1887-11-12 is beyond Date32"),
        dateTime(6, "Nullable(DateTime64(6, 'UTC'))")
            .with("NULL", options(ZeroDates.NULL, null))
            .nullIs("Nullable(DateTime64(6, 'UTC'))", "\\N")
            .good("0", "1970-01-01 00:00:00.000000")
            .zero(ZERO + ".000000", "\\N", true),
        timestamp("Nullable(DateTime64(0, 'UTC'))")
            .with("NULL, CLAMP", options(ZeroDates.NULL, OutOfRange.CLAMP))
            .nullIs("Nullable(DateTime64(0, 'UTC'))", "\\N")
            .good("\"2024-03-31T01:30:00Z\"", "2024-03-31 01:30:00")
            .zero(ZERO, "\\N", true)
            .bad("\"2300-01-01T00:00:00Z\"", "beyond"));
  }

  private static Stream<TypeCase> epochs() {
    return Stream.of(
        date("Date32")
            .with("EPOCH", options(ZeroDates.EPOCH, null))
            .good("1", "1970-01-02")
            .zero("2024-05-00", "1970-01-01", true),
        dateTime(3, "DateTime64(3, 'UTC')")
            .with("EPOCH", options(ZeroDates.EPOCH, null))
            .good("1000", "1970-01-01 00:00:00.001")
            .zero(ZERO + ".000", "1970-01-01 00:00:00.000", true));
  }

  private static Stream<TypeCase> clamped() {
    return Stream.of(
        date("Date32")
            .with("CLAMP", options(null, OutOfRange.CLAMP))
            .good("0", "1970-01-01")
            .good("" + LocalDate.of(2299, 12, 31).toEpochDay(), "2299-12-31")
            .altered("" + LocalDate.of(1000, 1, 1).toEpochDay(), "1900-01-01")
            .altered("" + LocalDate.of(1899, 12, 31).toEpochDay(), "1900-01-01")
            .altered("" + LocalDate.of(2300, 1, 1).toEpochDay(), "2299-12-31")
            .altered("" + LocalDate.of(9999, 12, 31).toEpochDay(), "2299-12-31")
            .badZero("0000-00-00", "set zeroDates to"),
        dateTime(6, "DateTime64(6, 'UTC')")
            .with("CLAMP, EPOCH", options(ZeroDates.EPOCH, OutOfRange.CLAMP))
            .good("10413791999999999", "2299-12-31 23:59:59.999999")
            .altered(LAST_MICRO, "2299-12-31 23:59:59.999999")
            .altered("-2208988800000001", "1900-01-01 00:00:00.000000")
            .zero(ZERO, "1970-01-01 00:00:00.000000", true),
        dateTime(2, "DateTime64(2, 'UTC')")
            .with("CLAMP", options(null, OutOfRange.CLAMP))
            .good("10413791999990000", "2299-12-31 23:59:59.99")
            .altered("253402300799990000", "2299-12-31 23:59:59.99")
            .bad(LAST_MICRO, "has more than 2 fractional digits"));
  }

  private static Stream<TypeCase> texts() {
    return Stream.of(
        date("String")
            .with("STRING, NULL", options(ZeroDates.NULL, OutOfRange.STRING))
            .good("" + LocalDate.of(9999, 12, 31).toEpochDay(), "9999-12-31")
            .good("" + LocalDate.of(1, 1, 1).toEpochDay(), "0001-01-01")
            .good("" + LocalDate.of(2024, 2, 29).toEpochDay(), "2024-02-29")
            .good("" + LocalDate.of(1900, 2, 28).toEpochDay(), "1900-02-28")
            .zero("0000-00-00", "0000-00-00", false)
            .zero("2024-05-00", "2024-05-00", false)
            .bad("" + LocalDate.of(10000, 1, 1).toEpochDay(), "beyond MySQL's dates")
            .bad("" + LocalDate.of(-1, 1, 1).toEpochDay(), "beyond MySQL's dates"),
        dateTime(6, "String")
            .with("STRING", options(null, OutOfRange.STRING))
            .good(LAST_MICRO, "9999-12-31 23:59:59.999999")
            .good("-1", "1969-12-31 23:59:59.999999")
            .zero(ZERO + ".000000", ZERO + ".000000", false),
        dateTime(1, "String")
            .with("STRING", options(null, OutOfRange.STRING))
            .good("100000", "1970-01-01 00:00:00.1")
            .bad("10000", "has more than 1 fractional digits"),
        timestamp("String")
            .with("STRING", options(null, OutOfRange.STRING))
            .good("\"2024-03-31T04:30:00+03:00\"", "2024-03-31 01:30:00")
            .zero(ZERO, ZERO, false));
  }

  private static TypeCase date(String target) {
    return TypeCase.of("DATE", null, "int32", DEBEZIUM + "Date", target);
  }

  private static TypeCase dateTime(int digits, String target) {
    return TypeCase.of("DATETIME", digits, "int64", DEBEZIUM + "MicroTimestamp", target);
  }

  private static TypeCase timestamp(String target) {
    return TypeCase.of("TIMESTAMP", null, "string", DEBEZIUM + "ZonedTimestamp", target);
  }

  static TypeOptions options(@Nullable ZeroDates zeroDates, @Nullable OutOfRange outOfRange) {
    return new TypeOptions(zeroDates, outOfRange, null, null, null, null, null, null, null);
  }
}
