package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.util.Optional;

/** TIME, a span from -838:59:59 to 838:59:59, and YEAR. */
final class Times {
  private static final int MOST_FRACTIONAL_DIGITS = 6;

  /** Of ClickHouse's Time and Time64, in either direction. */
  private static final long END_MICRO = 1000L * 3600 * TimeReader.MICROS_PER_SECOND;

  private Times() {}

  /** Time where the source has no fraction: it is half as large as Time64(0) and means the same. */
  static Optional<TargetType> time(Column column, TypeOptions options) {
    int digits = Dates.digits(column);
    TimeReader reader =
        switch (String.valueOf(column.wire().semantic())) {
          case "io.debezium.time.MicroTime" -> TimeReader.ofUnits(1);
          case "io.debezium.time.Time", "org.apache.kafka.connect.data.Time" ->
              TimeReader.ofMillis(digits);
          case "io.debezium.time.NanoTime" -> TimeReader.ofNanos();
          default -> null;
        };
    if (reader == null || digits < 0 || digits > MOST_FRACTIONAL_DIGITS) {
      return Optional.empty();
    }
    boolean asNumber = options.time() == TypeOptions.Time.MICROSECONDS;
    TargetType type =
        asNumber
            ? encoded("Int64", reader, digits, 1, Long.BYTES)
            : digits == 0
                ? encoded("Time", reader, 0, TimeReader.MICROS_PER_SECOND, Integer.BYTES)
                : encoded(
                    "Time64(" + digits + ")",
                    reader,
                    digits,
                    TimeWriter.microsPerTick(digits),
                    Long.BYTES);
    return Optional.of(type.withCodec(Codecs.RISING).withKeyCodec(Codecs.RISING));
  }

  private static TargetType encoded(
      String name, TimeReader reader, int digits, long microsPerUnit, int width) {
    long microsPerTick = TimeWriter.microsPerTick(digits);
    return new TargetType(
        name,
        (json, out) -> {
          long micros = reader.micros(json);
          if (micros <= -END_MICRO || micros >= END_MICRO) {
            throw RecordFault.value(shown(micros), "is beyond Time64, -999:59:59 to 999:59:59");
          }
          if (micros % microsPerTick != 0) {
            throw RecordFault.value(
                shown(micros), "has more than " + digits + " fractional digits");
          }
          out.putLittleEndian(micros / microsPerUnit, width);
        });
  }

  /** As MySQL writes it, with six fractional digits where there are any. */
  private static String shown(long micros) {
    String sign = micros < 0 ? "-" : "";
    long seconds = Math.abs(micros / TimeReader.MICROS_PER_SECOND);
    long fraction = Math.abs(micros % TimeReader.MICROS_PER_SECOND);
    String digits = fraction == 0 ? "" : ".%06d".formatted(fraction);
    return "%s%02d:%02d:%02d%s"
        .formatted(sign, seconds / 3600, seconds / 60 % 60, seconds % 60, digits);
  }

  /** The year 0 is 0. */
  static Optional<TargetType> year(Column column) {
    if (!column.wire().type().equals("int32")) {
      return Optional.empty();
    }
    TargetType type =
        new TargetType(
            "UInt16",
            (json, out) -> {
              long year = Integers.number(json);
              if (year < 0 || year > 0xffff) {
                throw RecordFault.value(year, "is beyond UInt16");
              }
              out.putLittleEndian(year, Short.BYTES);
            });
    return Optional.of(type.withCodec(Codecs.WHOLE).withKeyCodec(Codecs.RISING));
  }
}
