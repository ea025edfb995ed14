package dev.lockstep.benchmarks.encoder;

import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.Wire;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events of {@code bench.orders}, the table of the backlogs, as capture-service publishes them; an
 * insert has about 790 bytes.
 */
final class Orders {
  @SuppressWarnings("InlineFormatString") // a template
  private static final String SOURCE =
      "{\"version\":\"3.6.1.Final\",\"connector\":\"mysql\",\"name\":\"backlog\",\"ts_ms\":1795454075064,"
          + "\"snapshot\":null,\"db\":\"bench\",\"sequence\":null,\"ts_us\":1795454075064272,"
          + "\"ts_ns\":1795454075064272000,\"table\":\"orders\",\"server_id\":1,"
          + "\"gtid\":\"56faeca4-e761-11f1-b1f7-02fc00000001:%d\",\"file\":\"binlog.000001\","
          + "\"pos\":%d,\"row\":%d,\"thread\":10,\"query\":null}";

  @SuppressWarnings("InlineFormatString") // a template
  private static final String ROW =
      "{\"id\":%d,\"customer_id\":%d,\"status\":\"%s\",\"quantity\":%d,\"amount\":\"%s\","
          + "\"placed_at\":%d,\"changed_at\":\"2026-02-%02dT08:%02d:%02d.%03dZ\",\"note\":\"%s\"}";

  private final Random random = new Random(20261123);

  /** Events that differ, of ascending ids. */
  byte[][] events(Change change, int count) {
    byte[][] events = new byte[count][];
    for (int i = 0; i < count; i++) {
      events[i] = event(change, i + 1).getBytes(StandardCharsets.UTF_8);
    }
    return events;
  }

  /** What becomes of its columns in the target. */
  static List<TargetColumn> columns() {
    return Stream.of(
            column("id", "BIGINT", null, wire("int64", null)),
            column("customer_id", "INT", null, wire("int32", null)),
            column("status", "VARCHAR", 20, wire("string", null)),
            column("quantity", "INT", null, wire("int32", null)),
            new Column(
                "amount",
                "DECIMAL",
                12,
                2,
                false,
                new Wire("bytes", "org.apache.kafka.connect.data.Decimal", Map.of("scale", "2"))),
            column("placed_at", "DATETIME", 3, wire("int64", "io.debezium.time.Timestamp")),
            column("changed_at", "TIMESTAMP", 3, wire("string", "io.debezium.time.ZonedTimestamp")),
            new Column("note", "VARCHAR", 400, null, true, wire("string", null)))
        .map(column -> TypeRules.target(column, TypeOptions.NONE))
        .toList();
  }

  private static Column column(String name, String type, @Nullable Integer length, Wire wire) {
    return new Column(name, type, length, null, false, wire);
  }

  private static Wire wire(String type, @Nullable String semantic) {
    return new Wire(type, semantic, Map.of());
  }

  private String event(Change change, int id) {
    return "{\"before\":%s,\"after\":%s,\"source\":%s,\"transaction\":null,\"op\":\"%s\",%s}"
        .formatted(
            change.hasBefore() ? row(id) : "null",
            change.hasAfter() ? row(id) : "null",
            SOURCE.formatted(id / 100, 1000 + id * 250, id % 100),
            change.op(),
            "\"ts_ms\":1795454087495,\"ts_us\":1795454087495247,\"ts_ns\":1795454087495247003");
  }

  private String row(int id) {
    byte[] amount = BigInteger.valueOf(random.nextInt(10_000_000)).toByteArray();
    return ROW.formatted(
        id,
        random.nextInt(1_000_000),
        random.nextBoolean() ? "delivered" : "in preparation",
        1 + random.nextInt(20),
        Base64.getEncoder().encodeToString(amount),
        1_767_225_600_000L + random.nextInt(),
        1 + random.nextInt(28),
        random.nextInt(60),
        random.nextInt(60),
        random.nextInt(1000),
        note());
  }

  private String note() {
    var note = new StringBuilder();
    while (note.length() < 132) {
      note.append(Long.toString(random.nextLong() >>> 20, 36)).append(' ');
    }
    return note.toString();
  }
}
