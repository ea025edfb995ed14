package dev.lockstep.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.clickhouse.InsertTarget;
import dev.lockstep.apply.clickhouse.TableName;
import dev.lockstep.apply.encode.EventEncoder;
import dev.lockstep.apply.encode.RowForm;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.apply.types.TargetColumn;
import dev.lockstep.apply.types.TypeRules;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.mapping.TypeOptions;
import dev.lockstep.common.schema.Column;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type's values, written as the service writes them and read back by SQL. */
@Tag("main-job")
@Tag("types")
@ExtendWith(Servers.class)
class TypesRoundTripTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private final List<TargetColumn> columns = new ArrayList<>();
  private final RowBuffer out = new RowBuffer(16);
  private final String table = "types.t" + TABLES.incrementAndGet();

  static Stream<TypeCase> cases() {
    return Stream.of(
            NumberCases.all(),
            TextCases.all(),
            TimeCases.all(),
            TimePolicyCases.all(),
            GeometryCases.all(),
            JsonCases.all())
        .flatMap(cases -> cases);
  }

  static Stream<TypeCase> keyCases() {
    return cases().filter(TypesRoundTripTest::mayBeKey);
  }

  /** Column {@code v} is nullable and {@code w} is not; both hold the same. */
  @ParameterizedTest
  @MethodSource("cases")
  void everyValueComesBackAsItWasOrIsRefused(TypeCase values) {
    ClickHouseServer server = SharedServers.clickHouse();
    columns.add(TypeRules.target(SourceTopic.ID, TypeOptions.NONE));
    columns.add(TypeRules.target(values.column, values.options));
    columns.add(TypeRules.target(notNull(values.column), values.options));
    EventEncoder encoder = new EventEncoder(columns, RowForm.MIRROR);
    try (var clickHouse = new ClickHouse(TargetSettings.of(server, Map.of()))) {
      create(clickHouse);
      List<String> expected = encodeAll(values, encoder);
      for (TypeCase.Refused refused : values.refused) {
        refuse(encoder, refused);
      }
      removeAll(values, encoder);
      clickHouse.insert(target(), out::writeTo, 1);
      assertThat(server.query("SELECT count() FROM " + table + " WHERE _deleted").strip())
          .isEqualTo("" + values.refused.size());
      assertThat(
              server
                  .query(
                      "SELECT * EXCEPT (id, _version, _deleted) FROM "
                          + table
                          + " WHERE NOT _deleted ORDER BY id")
                  .lines())
          .containsExactlyElementsOf(expected);
      assertThat(typesIn(server)).containsExactly(columns.get(1).type(), columns.get(2).type());
      assertThat(columns.get(1).type()).isEqualTo(values.nullableType);
      assertThat(columns.get(2).type()).isEqualTo(values.targetType);
    }
  }

  /** With the codec of keys; what a policy may alter is no key. */
  @ParameterizedTest
  @MethodSource("keyCases")
  void aKeyOfTheTypeSortsATable(TypeCase values) {
    columns.add(TypeRules.keyTarget(notNull(values.column), values.options));
    try (var clickHouse = new ClickHouse(TargetSettings.of(SharedServers.clickHouse(), Map.of()))) {
      clickHouse.execute("CREATE DATABASE IF NOT EXISTS types");
      clickHouse.execute(
          "CREATE TABLE %s (%s) ENGINE = ReplacingMergeTree ORDER BY w".formatted(table, lines()));
    }
  }

  private static boolean mayBeKey(TypeCase values) {
    TargetColumn target = TypeRules.target(notNull(values.column), values.options);
    return !target.alters() && !target.type().equals("JSON");
  }

  private List<String> encodeAll(TypeCase values, EventEncoder encoder) {
    List<String> expected = new ArrayList<>();
    boolean alters = columns.get(1).alters();
    for (TypeCase.Applied value : values.applied) {
      encoder.encode(
          event(expected.size(), value.json(), value.json()),
          zeros(value.zeroDate()),
          Undecodable.NONE,
          1,
          out);
      String altered = value.altered() ? "\t['v','w']" : "\t[]";
      expected.add(value.shown() + "\t" + value.shown() + (alters ? altered : ""));
    }
    TypeCase.Applied first = values.applied.getFirst();
    encoder.encode(
        event(expected.size(), "null", first.json()), ZeroDates.NONE, Undecodable.NONE, 1, out);
    expected.add(values.nullShown + "\t" + first.shown() + (alters ? "\t[]" : ""));
    return expected;
  }

  private void refuse(EventEncoder encoder, TypeCase.Refused refused) {
    int size = out.size();
    assertThatThrownBy(
            () ->
                encoder.encode(
                    event(0, refused.json(), refused.json()),
                    zeros(refused.zeroDate()),
                    Undecodable.NONE,
                    1,
                    out))
        .as(refused.json())
        .isInstanceOf(RecordFault.class)
        .hasMessageStartingWith("Column v: ")
        .hasMessageContaining(refused.reason());
    assertThat(out.size()).isEqualTo(size);
  }

  private void create(ClickHouse clickHouse) {
    String altered = alters() ? ", _altered Array(LowCardinality(String))" : "";
    clickHouse.execute("CREATE DATABASE IF NOT EXISTS types");
    clickHouse.execute(
        "CREATE TABLE %s (%s, _version UInt64, _deleted UInt8%s) ENGINE = ReplacingMergeTree ORDER BY id"
            .formatted(table, lines(), altered));
  }

  private String lines() {
    return columns.stream()
        .map(
            c ->
                c.codec() == null
                    ? c.name() + " " + c.type()
                    : "%s %s CODEC(%s)".formatted(c.name(), c.type(), c.codec()))
        .collect(Collectors.joining(", "));
  }

  private boolean alters() {
    return columns.stream().anyMatch(TargetColumn::alters);
  }

  private InsertTarget target() {
    List<String> names = new ArrayList<>(List.of("id", "v", "w", "_version", "_deleted"));
    if (alters()) {
      names.add("_altered");
    }
    String[] name = table.split("\\.");
    return new InsertTarget(new TableName(name[0], name[1]), names);
  }

  private List<String> typesIn(ClickHouseServer server) {
    return server
        .query(
            "SELECT type FROM system.columns WHERE database || '.' || table = '%s' AND name IN ('v', 'w') ORDER BY position FORMAT TSVRaw"
                .formatted(table))
        .lines()
        .toList();
  }

  private static Column notNull(Column column) {
    return new Column("w", column.type(), column.length(), column.scale(), false, column.wire());
  }

  private static ZeroDates zeros(@Nullable String text) {
    return text == null ? ZeroDates.NONE : new ZeroDates(Map.of(), Map.of("v", text, "w", text));
  }

  private static ZeroDates zerosBefore(@Nullable String text) {
    return text == null ? ZeroDates.NONE : new ZeroDates(Map.of("v", text, "w", text), Map.of());
  }

  /** A row goes whatever its columns hold that are not its key. */
  private void removeAll(TypeCase values, EventEncoder encoder) {
    int id = 0;
    for (TypeCase.Refused refused : values.refused) {
      String json =
          "{\"before\":{\"id\":%1$d,\"v\":%2$s,\"w\":%2$s},\"after\":null,\"op\":\"d\"}"
              .formatted(--id, refused.json());
      byte[] event = json.getBytes(StandardCharsets.UTF_8);
      encoder.encode(event, zerosBefore(refused.zeroDate()), Undecodable.NONE, 1, out);
    }
  }

  private static byte[] event(int id, String nullable, String notNull) {
    return "{\"before\":null,\"after\":{\"id\":%d,\"v\":%s,\"w\":%s},\"op\":\"r\"}"
        .formatted(id, nullable, notNull)
        .getBytes(StandardCharsets.UTF_8);
  }
}
