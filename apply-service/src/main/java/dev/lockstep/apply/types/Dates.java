package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** DATE, DATETIME and TIMESTAMP. */
final class Dates {
  private static final int MOST_FRACTIONAL_DIGITS = 6;
  private static final int DATE_ONLY = -1;

  private Dates() {}

  static Optional<TargetType> date(Column column, TypeOptions options) {
    TimePolicy policy = TimePolicy.of(options);
    TimeWriter writer =
        policy.isText() ? new TimeWriter.Text(DATE_ONLY) : new TimeWriter.Days(policy.clamps());
    return type(dateReader(column), writer, "Date32", policy);
  }

  private static @Nullable TimeReader dateReader(Column column) {
    return switch (String.valueOf(column.wire().semantic())) {
      case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" -> TimeReader.ofDays();
      case "io.debezium.time.IsoDate" -> IsoTexts::date;
      default -> null;
    };
  }

  static Optional<TargetType> dateTime(Column column, TypeOptions options) {
    return dateTime(column, TimePolicy.of(options));
  }

  /** All its values are in ClickHouse's range. */
  static Optional<TargetType> timestamp(Column column, TypeOptions options) {
    return dateTime(column, TimePolicy.of(options).withinRange());
  }

  private static Optional<TargetType> dateTime(Column column, TimePolicy policy) {
    int digits = digits(column);
    TimeWriter writer =
        policy.isText()
            ? new TimeWriter.Text(digits)
            : new TimeWriter.Ticks(digits, policy.clamps());
    return type(reader(column), writer, "DateTime64(" + digits + ", 'UTC')", policy);
  }

  /** As DateTime64 of so many digits, which are no fewer than the source's. */
  static Optional<TargetType> dateTime(
      Column column, TypeOptions options, int digits, String zone) {
    TimePolicy policy = policy(column, options);
    var writer = new TimeWriter.Ticks(digits, policy.clamps());
    return type(reader(column), writer, "DateTime64(%d, '%s')".formatted(digits, zone), policy);
  }

  /** As DateTime, from 1970 to 2106. */
  static Optional<TargetType> seconds(Column column, TypeOptions options, String zone) {
    TimePolicy policy = policy(column, options);
    var writer = new ShortTimes.Seconds(policy.clamps());
    return type(reader(column), writer, "DateTime('%s')".formatted(zone), policy);
  }

  private static TimePolicy policy(Column column, TypeOptions options) {
    TimePolicy policy = TimePolicy.of(options);
    return SourceType.of(column).name().equals("TIMESTAMP") ? policy.withinRange() : policy;
  }

  /** As Date, from 1970 to 2149. */
  static Optional<TargetType> shortDate(Column column, TypeOptions options) {
    TimePolicy policy = TimePolicy.of(options);
    return type(dateReader(column), new ShortTimes.Days(policy.clamps()), "Date", policy);
  }

  private static @Nullable TimeReader reader(Column column) {
    int digits = digits(column);
    if (digits < 0 || digits > MOST_FRACTIONAL_DIGITS) {
      return null;
    }
    return switch (String.valueOf(column.wire().semantic())) {
      case "io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp" ->
          TimeReader.ofMillis(digits);
      case "io.debezium.time.MicroTimestamp" -> TimeReader.ofUnits(1);
      case "io.debezium.time.NanoTimestamp" -> TimeReader.ofNanos();
      case "io.debezium.time.ZonedTimestamp", "io.debezium.time.IsoTimestamp" -> IsoTexts::dateTime;
      default -> null;
    };
  }

  static int digits(Column column) {
    return column.length() == null ? 0 : column.length();
  }

  private static Optional<TargetType> type(
      @Nullable TimeReader reader, TimeWriter writer, String name, TimePolicy policy) {
    if (reader == null) {
      return Optional.empty();
    }
    var encoder = new Encoder(reader, writer, policy);
    TargetType type = new TargetType(policy.isText() ? "String" : name, encoder);
    return Optional.of(
        type.withPolicy(policy)
            .withCodec(policy.isText() ? null : Codecs.RISING)
            .withKeyCodec(policy.isText() ? null : Codecs.RISING));
  }

  private record Encoder(TimeReader reader, TimeWriter writer, TimePolicy policy)
      implements ValueEncoder {
    @Override
    public void encode(JsonParser json, RowBuffer out) {
      writer.put(out, reader.micros(json));
    }

    @Override
    public void encodeZero(String text, RowBuffer out) {
      if (policy.isText()) {
        writer.putText(out, text);
      } else if (policy.makesEpoch()) {
        writer.putEpoch(out);
        out.markAltered();
      } else {
        throw RecordFault.value(
            text,
            "is no date of the calendar, such as one with a zero in month or day: set zeroDates to"
                + " NULL or EPOCH, or outOfRange to STRING, for it in a mapping");
      }
    }
  }
}
