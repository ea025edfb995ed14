package dev.lockstep.capture.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.capture.exact.ZeroDate;
import io.debezium.time.Date;
import io.debezium.time.IsoDate;
import io.debezium.time.IsoTimestamp;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of dates, as Debezium's own classes write a marker in it. */
@Tag("types")
class ZeroDatesInJsonTest {
  private static final LocalDate DAY = new ZeroDate(9999, 12, 0).marker();
  private static final LocalDateTime TIME = DAY.atTime(LocalTime.of(23, 59, 58, 120_000_000));

  static List<Arguments> forms() {
    return List.of(
        Arguments.of(Date.builder(), Date.toEpochDay(DAY, null), "0", "9999-12-00"),
        Arguments.of(Timestamp.builder(), Timestamp.toEpochMillis(TIME, null), "0", null),
        Arguments.of(MicroTimestamp.builder(), MicroTimestamp.toEpochMicros(TIME, null), "0", null),
        Arguments.of(
            ZonedTimestamp.builder(),
            ZonedTimestamp.toIsoString(TIME.atZone(ZoneOffset.UTC), ZoneOffset.UTC, null, 2),
            "\"1970-01-01T00:00:00Z\"",
            null),
        Arguments.of(
            IsoDate.builder(), IsoDate.toIsoString(DAY, null), "\"1970-01-01Z\"", "9999-12-00"),
        Arguments.of(
            IsoTimestamp.builder(),
            IsoTimestamp.toIsoString(TIME, null),
            "\"1970-01-01T00:00:00Z\"",
            null),
        Arguments.of(
            org.apache.kafka.connect.data.Date.builder(),
            java.util.Date.from(DAY.atStartOfDay(ZoneOffset.UTC).toInstant()),
            "0",
            "9999-12-00"),
        Arguments.of(
            org.apache.kafka.connect.data.Timestamp.builder(),
            java.util.Date.from(Instant.from(TIME.atZone(ZoneOffset.UTC))),
            "0",
            null));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aMarkerIsTheEpochOrNullWithItsTextBeside(
      SchemaBuilder form, Object marker, String epoch, String date) {
    String text = date == null ? "9999-12-00 23:59:58.12" : date;
    Schema required = form.parameter("__debezium.source.column.length", "2").build();
    Schema row = SchemaBuilder.struct().field("r", required).field("o", optional(required)).build();
    Schema envelope = SchemaBuilder.struct().field("before", row).field("after", row).build();
    Struct values = new Struct(row).put("r", marker).put("o", marker);
    var json = new ConnectJson();
    byte[] written =
        json.encode(envelope, new Struct(envelope).put("before", values).put("after", values));
    String expected = "{\"r\":" + epoch + ",\"o\":null}";
    assertThat(new String(written, StandardCharsets.UTF_8))
        .isEqualTo("{\"before\":" + expected + ",\"after\":" + expected + "}");
    assertThat(json.zeroDates().before()).isEqualTo(Map.of("r", text, "o", text));
    assertThat(json.zeroDates().after()).isEqualTo(json.zeroDates().before());
  }

  private static Schema optional(Schema schema) {
    return new SchemaBuilder(schema.type())
        .name(schema.name())
        .version(schema.version())
        .parameters(schema.parameters())
        .optional()
        .build();
  }
}
