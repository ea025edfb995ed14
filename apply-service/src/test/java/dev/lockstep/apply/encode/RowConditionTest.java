package dev.lockstep.apply.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.mapping.RowFilter;
import dev.lockstep.common.mapping.TableMapping.Deletes;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("types")
class RowConditionTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int EVENTS = 2_000;
  private static final String FILTER = "c0 > 5 AND (c1 = 'text' OR c1 LIKE 'none') AND c2 IS NULL";

  private static List<Column> columns(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Column(
                    "c" + i,
                    i % 2 == 0 ? "BIGINT" : "VARCHAR",
                    null,
                    null,
                    true,
                    new Wire(i % 2 == 0 ? "int64" : "string", null, Map.of())))
        .toList();
  }

  private static EventEncoder encoder(int count, @Nullable String filter) {
    List<TargetColumn> targets =
        columns(count).stream().map(column -> TypeRules.target(column, TypeOptions.NONE)).toList();
    RowCondition condition =
        filter == null
            ? null
            : RowCondition.of(RowFilter.parse(filter), columns(count), new ArrayList<>())
                .orElseThrow();
    return new EventEncoder(
        new RowPlan(RowForm.MIRROR, targets, Set.of(), List.of(), Deletes.DELETE, condition));
  }

  private static byte[] event(int count) {
    String row =
        IntStream.range(0, count)
            .mapToObj(
                i -> "\"c%d\":%s".formatted(i, i == 2 ? "null" : i % 2 == 0 ? "77" : "\"text\""))
            .collect(Collectors.joining(","));
    return "{\"before\":null,\"after\":{%s},\"op\":\"c\"}"
        .formatted(row)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes for each event. */
  private static long allocated(int count, @Nullable String filter) {
    EventEncoder encoder = encoder(count, filter);
    byte[] event = event(count);
    var out = new RowBuffer(1024 * 1024);
    encode(encoder, event, out);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    encode(encoder, event, out);
    assertThat(encoder.rowsWritten()).isEqualTo(1);
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / EVENTS;
  }

  private static void encode(EventEncoder encoder, byte[] event, RowBuffer out) {
    for (int i = 0; i < EVENTS; i++) {
      out.truncate(0);
      encoder.encode(event, ZeroDates.NONE, Undecodable.NONE, 1, out);
    }
  }

  /** No tree, and nothing for each column: what a second look at the row's beginning takes. */
  @Test
  void aFilterTakesAsMuchMemoryForAWideRowAsForANarrowOne() {
    long narrow = allocated(3, FILTER) - allocated(3, null);
    long wide = allocated(60, FILTER) - allocated(60, null);
    assertThat(wide).isBetween(0L, narrow + 64).isLessThan(1_500);
  }
}
