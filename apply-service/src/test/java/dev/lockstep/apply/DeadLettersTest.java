package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.quarantine.DeadLetters;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A value that a policy refuses takes its own row out of the way, and no other. */
@Tag("types")
@ExtendWith(Servers.class)
class DeadLettersTest {
  private static final Column DAY =
      new Column(
          "day", "DATE", null, null, true, new Wire("int32", "io.debezium.time.Date", Map.of()));

  private static String row(int id) {
    return "{\"id\":%d,\"day\":%d}".formatted(id, 19_000 + id);
  }

  private static String[] rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(id -> created(row(id))).toArray(String[]::new);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void exactlyTheRowThatAPolicyQuarantinesIsInTheDeadLetters(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("letters")) {
      TableSchema schema = pipeline.table("letters", "t", List.of(ID, DAY), List.of("id"));
      String zero = created("{\"id\":500,\"day\":null}");
      var texts = new ZeroDates(Map.of(), Map.of("day", "2024-05-00"));
      pipeline.source().publish(schema, rows(0, 500));
      pipeline.source().publish(schema, texts, zero);
      pipeline.source().publish(schema, rows(501, 1000));
      RunningService service = pipeline.start();
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(1);
      String applied = "SELECT count(), countIf(id = 500), uniqExact(day) FROM letters.t FINAL";
      assertThat(clickHouse.query(applied)).isEqualTo("999\t0\t999\n");
      List<ConsumerRecord<byte[], byte[]>> letters = letters(pipeline, schema);
      assertThat(letters).hasSize(1);
      ConsumerRecord<byte[], byte[]> letter = letters.getFirst();
      assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(zero);
      assertThat(ZeroDates.read(letter.headers())).isEqualTo(texts);
      assertThat(EventHeaders.read(letter.headers(), EventHeaders.SCHEMA)).isEqualTo(schema.id());
      assertThat(header(letter, DeadLetters.COLUMN)).isEqualTo("day");
      assertThat(header(letter, DeadLetters.ERROR)).contains("Column day", "2024-05-00");
      assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(schema.topic());
      assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
      assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("501"); // a marker stands before
      Progress progress = service.progress(schema.topic()).orElseThrow();
      assertThat(progress.recordsRead()).isEqualTo(1000);
      assertThat(progress.rowsApplied()).isEqualTo(999);
      assertThat(
              service.get(
                  "/actuator/metrics/lockstep.apply.records?tag=connector:letters&tag=outcome:quarantined"))
          .contains("\"value\":1.0");
    }
  }

  @Test
  void aRowIsDeletedWhoseLastValueIsInTheDeadLetters(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("ghosts")) {
      TableSchema mirror = pipeline.table("ghosts", "t", List.of(ID, DAY), List.of("id"));
      TableSchema byDay =
          pipeline.table("ghosts", "days", List.of(ID, notNull(DAY)), List.of("day"));
      TableSchema multiset = pipeline.table("ghosts", "bare", List.of(ID, DAY), List.of());
      String early = "{\"id\":1,\"day\":-200000}";
      String update = updated(row(1), early);
      for (TableSchema schema : List.of(mirror, multiset)) {
        pipeline
            .source()
            .publish(schema, created(row(1)), created(row(2)), update, deleted(early), null);
      }
      pipeline.source().publish(byDay, created(row(1)), deleted(early), null);
      pipeline.start();
      assertThat(pipeline.awaitApplied(mirror).recordsQuarantined()).isEqualTo(1);
      assertThat(clickHouse.query("SELECT id FROM ghosts.t FINAL")).isEqualTo("2\n");
      assertThat(values(letters(pipeline, mirror))).containsExactly(update);
      assertThat(pipeline.awaitApplied(byDay).recordsQuarantined()).isEqualTo(1);
      assertThat(values(letters(pipeline, byDay))).containsExactly(deleted(early));
      assertThat(pipeline.awaitApplied(multiset).recordsQuarantined()).isEqualTo(2);
      assertThat(clickHouse.query("SELECT id FROM ghosts.bare ORDER BY id")).isEqualTo("2\n");
    }
  }

  private static List<String> values(List<ConsumerRecord<byte[], byte[]>> letters) {
    return letters.stream().map(l -> new String(l.value(), StandardCharsets.UTF_8)).toList();
  }

  private static Column notNull(Column column) {
    return new Column(column.name(), column.type(), null, null, false, column.wire());
  }

  private static List<ConsumerRecord<byte[], byte[]>> letters(Pipeline pipeline, TableSchema schema)
      throws Exception {
    return ControlReader.records(
        pipeline.kafka(), pipeline.kafka().topics().deadLetters(), schema.topic());
  }

  @Test
  void aRowThatIsRefusedIsNotInTheTargetAsItWasAndIsBackOnceItIsCorrected(
      ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("olden")) {
      TableSchema mirror = pipeline.table("olden", "t", List.of(ID, DAY), List.of("id"));
      TableSchema multiset = pipeline.table("olden", "bare", List.of(ID, DAY), List.of());
      pipeline.start();
      String zero = "{\"id\":1,\"day\":null}";
      var after = new ZeroDates(Map.of(), Map.of("day", "0000-00-00"));
      var before = new ZeroDates(Map.of("day", "0000-00-00"), Map.of());
      Map<TableSchema, String> queries =
          Map.of(
              mirror,
              "SELECT id, day FROM olden.t FINAL ORDER BY id",
              multiset,
              "SELECT id, day FROM olden.bare ORDER BY id");
      for (Map.Entry<TableSchema, String> query : queries.entrySet()) {
        TableSchema schema = query.getKey();
        pipeline.source().publish(schema, created(row(1)), created(row(2)));
        pipeline.source().publish(schema, after, updated(row(1), zero));
        assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(1);
        assertThat(clickHouse.query(query.getValue())).isEqualTo("2\t2022-01-10\n");
        pipeline.source().publish(schema, before, updated(zero, row(1)));
        assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(1);
        assertThat(clickHouse.query(query.getValue())).isEqualTo("1\t2022-01-09\n2\t2022-01-10\n");
      }
    }
  }

  @Test
  void aZeroDatesHeaderThatCantBeReadQuarantinesItsRecord(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("headers")) {
      TableSchema schema = pipeline.table("headers", "t", List.of(ID, DAY), List.of("id"));
      pipeline.start();
      pipeline.source().publishWithZeroDates(schema, "[1", created(row(1)));
      pipeline.source().publish(schema, created(row(2)));
      assertThat(pipeline.awaitApplied(schema).recordsQuarantined()).isEqualTo(1);
      assertThat(clickHouse.query("SELECT id FROM headers.t")).isEqualTo("2\n");
    }
  }
}
