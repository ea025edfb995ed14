package dev.lockstep.apply.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "INT | | int32 | | 123456789",
        "BIGINT UNSIGNED | | int64 | | -2",
        "BIT | 12 | bytes | io.debezium.data.Bits | \"/w8=\"",
        "FLOAT | | float32 | | 1.6777218E7",
        "DOUBLE | | float64 | | 3.141592653589793",
        "DATE | | int32 | io.debezium.time.Date | 19800",
        "DATETIME | 3 | int64 | io.debezium.time.Timestamp | 1711852200123",
        "TIMESTAMP | | string | io.debezium.time.ZonedTimestamp | \"2024-10-27T07:30:00Z\"",
        "TIME | 6 | int64 | io.debezium.time.MicroTime | -3723123456",
        "YEAR | | int32 | io.debezium.time.Year | 2024",
        "VARCHAR | 40 | string | | \"zwölf Boxkämpfer 漢字 😀\"",
        "ENUM | | string | io.debezium.data.Enum | \"medium\"",
        "VARBINARY | 40 | bytes | | \"AAECAwQFBgcICQoLDA0ODw==\"",
        "INT | | int32 | | null"
      })
  void aPlainValueAllocatesNothing(
      String type, Integer length, String wire, String semantic, String json) {
    Column column =
        new Column("c", type, length, null, true, new Wire(wire, semantic, Map.of("length", "12")));
    long perValue =
        (allocated(column, json, COLUMNS) - allocated(column, json, 1)) / (COLUMNS - 1) / EVENTS;
    assertThat(perValue).as("bytes for a value of %s", type).isZero();
  }

  /** By encoding so many events after as many to warm up. */
  private static long allocated(Column column, String json, int columns) {
    TargetColumn target = TypeRules.target(column, TypeOptions.NONE);
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
      encoder.encode(event, ZeroDates.NONE, 1, out);
    }
  }

  private static byte[] event(String json, int columns) {
    return Collections.nCopies(columns, "\"c\":" + json).stream()
        .collect(Collectors.joining(",", "{\"before\":null,\"after\":{", "},\"op\":\"c\"}"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
