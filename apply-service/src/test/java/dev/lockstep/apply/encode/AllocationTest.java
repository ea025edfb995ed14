package dev.lockstep.apply.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ./lockstep bench encoder} measures, held in the build where it must be nothing. */
@Tag("types")
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int COLUMNS = 1_000;
  private static final int EVENTS = 200;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TINYINT | | | int16 | | | -128",
        "INT | | | int32 | | | 123456789",
        "BIGINT UNSIGNED | | | int64 | | | -2",
        "TINYINT | 1 | | int16 | | {'boolLike':'BOOL'} | 1",
        "BIT | 1 | | boolean | | | true",
        "BIT | 12 | | bytes | io.debezium.data.Bits | | \"/w8=\"",
        "DECIMAL | 9 | 2 | bytes | org.apache.kafka.connect.data.Decimal | | \"B1vNFQ==\"",
        "DECIMAL | 18 | 4 | bytes | org.apache.kafka.connect.data.Decimal | | \"AS9Q4A==\"",
        "DECIMAL | 38 | 10 | bytes | org.apache.kafka.connect.data.Decimal | | \"tMO5rwAAAAAAAAAAAAA=\"",
        "DECIMAL | 65 | 30 | bytes | org.apache.kafka.connect.data.Decimal | |"
            + " \"APMWJxx/w5CKi+9GTjlF73olNgn//////////w==\"",
        "FLOAT | | | float32 | | | 1.6777218E7",
        "FLOAT | 7 | 4 | float64 | | | 0.5",
        "DOUBLE | | | float64 | | | 3.141592653589793",
        "DATE | | | int32 | io.debezium.time.Date | | 19800",
        "DATE | | | int32 | io.debezium.time.Date | {'outOfRange':'STRING'} | 19800",
        "DATETIME | 3 | | int64 | io.debezium.time.Timestamp | | 1711852200123",
        "DATETIME | 6 | | int64 | io.debezium.time.MicroTimestamp | | 1711852200123456",
        "DATETIME | 6 | | string | io.debezium.time.IsoTimestamp | | \"2024-10-27T07:30:00.5Z\"",
        "TIMESTAMP | | | string | io.debezium.time.ZonedTimestamp | | \"2024-10-27T07:30:00Z\"",
        "TIME | 6 | | int64 | io.debezium.time.MicroTime | | -3723123456",
        "TIME | | | int64 | io.debezium.time.MicroTime | {'time':'MICROSECONDS'} | -3723000000",
        "YEAR | | | int32 | io.debezium.time.Year | | 2024",
        "VARCHAR | 40 | | string | | | \"the quick brown fox jumps\"",
        "VARCHAR | 40 | | string | | | \"zwölf Boxkämpfer 漢字 😀\"",
        "ENUM | | | string | io.debezium.data.Enum | | \"medium\"",
        "SET | | | string | io.debezium.data.EnumSet | | \"small,medium\"",
        "JSON | | | string | io.debezium.data.Json | | \"{\\\"a\\\": [1, 2.5]}\"",
        "VARBINARY | 40 | | bytes | | | \"AAECAwQFBgcICQoLDA0ODw==\"",
        "POINT | | | struct | io.debezium.data.geometry.Point | |"
            + " {\"x\":20.0,\"y\":10.0,\"wkb\":\"AQEAAAAAAAAAAAA0QAAAAAAAACRA\",\"srid\":4326}",
        "VECTOR | 3 | | array | io.debezium.data.FloatVector | | [1.1,2.0,-3.0E38]",
        "INT | | | int32 | | | null"
      })
  void aPlainValueAllocatesNothing(
      String type,
      @Nullable Integer length,
      @Nullable Integer scale,
      String wire,
      @Nullable String semantic,
      @Nullable String options,
      String json) {
    assertThat(perValue(type, length, scale, wire, semantic, options, json))
        .as("bytes for a value of %s", type)
        .isZero();
  }

  /** What is left out above, and why; one that allocates nothing any more belongs there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "VARBINARY | bytes | | {'binary':'HEX'} | \"AAECAwQFBgc=\" | JDK's HexFormat makes a String",
        "VARBINARY | bytes | | {'binary':'BASE64'} | \"AAECAwQFBgc=\" | decoded to check it, and encoded anew",
        "JSON | string | io.debezium.data.Json | {'json':'JSON'} | \"{\\\"a\\\": 1}\" |"
            + " read by a parser of its own, as to whether the type holds it exactly",
        "POINT | struct | io.debezium.data.geometry.Point | {'geometry':'GEOJSON'} |"
            + " {\"wkb\":\"AQEAAAAAAAAAAAA0QAAAAAAAACRA\",\"srid\":null} | JDK's text of a double is a String",
        "DECIMAL | string | | | \"12.00\" | decimal.handling.mode string, read by JDK's BigDecimal"
      })
  void aValueInAFormThatIsChosenMayAllocate(
      String type,
      String wire,
      @Nullable String semantic,
      @Nullable String options,
      String json,
      String reason) {
    assertThat(perValue(type, 10, type.equals("DECIMAL") ? 2 : null, wire, semantic, options, json))
        .as("bytes for a value of %s: %s", type, reason)
        .isPositive();
  }

  private static long perValue(
      String type,
      @Nullable Integer length,
      @Nullable Integer scale,
      String wire,
      @Nullable String semantic,
      @Nullable String options,
      String json) {
    var parameters = Map.of("length", String.valueOf(length), "scale", String.valueOf(scale));
    Column column =
        new Column("c", type, length, scale, true, new Wire(wire, semantic, parameters));
    TypeOptions chosen =
        options == null
            ? TypeOptions.NONE
            : JsonMapper.shared().readValue(options.replace('\'', '"'), TypeOptions.class);
    TargetColumn target = TypeRules.target(column, chosen);
    return (allocated(target, json, COLUMNS) - allocated(target, json, 1)) / (COLUMNS - 1) / EVENTS;
  }

  /** By encoding so many events after as many to warm up. */
  private static long allocated(TargetColumn target, String json, int columns) {
    var encoder =
        new EventEncoder(
            IntStream.range(0, columns).mapToObj(_ -> target).toList(), RowForm.MIRROR);
    byte[] event = event(json, columns);
    RowBuffer out = new RowBuffer(1024 * 1024);
    encode(encoder, event, out);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    encode(encoder, event, out);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void encode(EventEncoder encoder, byte[] event, RowBuffer out) {
    for (int i = 0; i < EVENTS; i++) {
      out.truncate(0);
      encoder.encode(event, ZeroDates.NONE, Undecodable.NONE, 1, out);
    }
  }

  private static byte[] event(String json, int columns) {
    return Collections.nCopies(columns, "\"c\":" + json).stream()
        .collect(Collectors.joining(",", "{\"before\":null,\"after\":{", "},\"op\":\"c\"}"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
