package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every record becomes one thing, and the counts say which. */
@Tag("apply")
@ExtendWith(Servers.class)
class AccountingTest {
  private static String row(int id, String name) {
    return "{\"id\":%d,\"name\":\"%s\"}".formatted(id, name);
  }

  private static TableSchema table(Pipeline pipeline, String name) throws Exception {
    return pipeline.table(name, "t", List.of(ID, NAME), List.of("id"));
  }

  private static List<ConsumerRecord<byte[], byte[]>> letters(
      Pipeline pipeline, TableSchema schema) {
    String topic = pipeline.kafka().topics().deadLetters();
    return ControlReader.records(pipeline.kafka(), topic, schema.topic());
  }

  private static void assertEven(TablePartitionStatus status) {
    assertThat(
            status.rowsApplied()
                + status.rowsSuperseded()
                + status.recordsQuarantined()
                + status.recordsDropped())
        .isEqualTo(status.recordsRead());
  }

  @Test
  void aRowThatChangesAllTheTimeIsInsertedSeldom(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("hot")) {
      TableSchema schema = table(pipeline, "hot");
      List<String> values = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        values.add(i % 100 == 0 ? created(row(i, "cold")) : updated(row(7, ""), row(7, "v" + i)));
      }
      pipeline.source().publish(schema, values.toArray(String[]::new));
      pipeline.start();
      TablePartitionStatus status = pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT name FROM hot.t FINAL WHERE id = 7"))
          .isEqualTo("v19999\n");
      assertThat(clickHouse.query("SELECT count() FROM hot.t FINAL")).isEqualTo("201\n");
      assertThat(status.recordsRead()).isEqualTo(20_000);
      // A block for each poll at the worst.
      assertThat(status.rowsApplied()).isBetween(201L, 400L);
      assertEven(status);
    }
  }

  @Test
  void onePoisonedRecordAmongAHundredThousandIsQuarantinedAlone(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("poison")) {
      TableSchema schema = table(pipeline, "poison");
      String[] values =
          IntStream.range(0, 100_000).mapToObj(i -> created(row(i, "n"))).toArray(String[]::new);
      values[61_803] = created("{\"id\":9999999999,\"name\":\"n\"}");
      pipeline.source().publish(schema, values);
      pipeline.start();
      TablePartitionStatus status = pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT count() FROM poison.t FINAL")).isEqualTo("99999\n");
      assertThat(status.recordsQuarantined()).isEqualTo(1);
      assertEven(status);
      assertThat(letters(pipeline, schema)).hasSize(1);
    }
  }

  @Test
  void aRowThatClickHouseRefusesIsFoundAndQuarantinedAlone(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("refused")) {
      TableSchema schema = table(pipeline, "refused");
      clickHouse.query("CREATE DATABASE refused");
      clickHouse.query(
          "CREATE TABLE refused.t (id Int32, name Nullable(String), _version UInt64, _deleted UInt8,"
              + " CONSTRAINT even CHECK id != 31415 AND id != 31416)"
              + " ENGINE = ReplacingMergeTree(_version, _deleted) ORDER BY id");
      String[] values =
          IntStream.range(0, 40_000).mapToObj(i -> created(row(i, "n" + i))).toArray(String[]::new);
      pipeline.source().publish(schema, values);
      pipeline.start();
      TablePartitionStatus status = pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT count() FROM refused.t FINAL")).isEqualTo("39998\n");
      assertThat(status.recordsQuarantined()).isEqualTo(2);
      assertThat(status.rowsApplied()).isEqualTo(39_998);
      assertEven(status);
      List<ConsumerRecord<byte[], byte[]>> letters = letters(pipeline, schema);
      assertThat(letters)
          .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
          .containsExactly(values[31_415], values[31_416]);
      byte[] error = letters.getFirst().headers().lastHeader("lockstep.error").value();
      assertThat(new String(error, StandardCharsets.UTF_8)).contains("469", "even");
    }
  }

  @Test
  void whatARefusedRowWasBeforeLeavesTheTarget(ClickHouseServer clickHouse) throws Exception {
    try (Pipeline pipeline = new Pipeline("older")) {
      TableSchema schema = table(pipeline, "older");
      clickHouse.query("CREATE DATABASE older");
      clickHouse.query(
          "CREATE TABLE older.t (id Int32, name Nullable(String), _version UInt64, _deleted UInt8,"
              + " CONSTRAINT good CHECK ifNull(name, '') != 'bad')"
              + " ENGINE = ReplacingMergeTree(_version, _deleted) ORDER BY id");
      pipeline.start();
      pipeline.source().publish(schema, created(row(1, "first")), created(row(2, "other")));
      pipeline.awaitApplied(schema);
      pipeline
          .source()
          .publish(
              schema,
              updated(row(1, "first"), row(1, "second")),
              updated(row(1, "second"), row(1, "bad")));
      TablePartitionStatus status = pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT id, name FROM older.t FINAL")).isEqualTo("2\tother\n");
      assertThat(status.recordsQuarantined()).isEqualTo(1);
      assertEven(status);
      pipeline.source().publish(schema, updated(row(1, "bad"), row(1, "good")));
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT id, name FROM older.t FINAL ORDER BY id"))
          .isEqualTo("1\tgood\n2\tother\n");
    }
  }

  @Test
  void rowsWhoseKeysDifferByZeroDatesAloneAreKeptApart(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("zerokeys")) {
      pipeline
          .source()
          .map("zero", "{'tables':'zerokeys\\\\.t','options':{'outOfRange':'STRING'}}");
      Column day =
          new Column(
              "d", "DATE", null, null, false, new Wire("int32", "io.debezium.time.Date", Map.of()));
      TableSchema schema = pipeline.table("zerokeys", "t", List.of(day, NAME), List.of("d"));
      for (String zero : List.of("0000-00-00", "2024-05-00")) {
        pipeline
            .source()
            .publish(
                schema,
                new ZeroDates(Map.of(), Map.of("d", zero)),
                created("{\"d\":0,\"name\":\"%s\"}".formatted(zero)));
      }
      pipeline.source().publish(schema, created("{\"d\":0,\"name\":\"epoch\"}"));
      pipeline.start();
      pipeline.awaitApplied(schema);
      assertThat(clickHouse.query("SELECT d, name FROM zerokeys.t FINAL ORDER BY d"))
          .isEqualTo("0000-00-00\t0000-00-00\n1970-01-01\tepoch\n2024-05-00\t2024-05-00\n");
    }
  }

  @Test
  void aStreamOfWhichNothingCanBeAppliedStopsItsTable(ClickHouseServer clickHouse)
      throws Exception {
    try (Pipeline pipeline = new Pipeline("capped")) {
      TableSchema schema = table(pipeline, "capped");
      String[] values =
          IntStream.range(0, 5_000)
              .mapToObj(i -> created("{\"id\":99999%05d,\"name\":\"n\"}".formatted(i)))
              .toArray(String[]::new);
      pipeline.source().publish(schema, values);
      pipeline.start();
      TablePartitionStatus status =
          pipeline.awaitFailure(schema, "lockstep.apply.quarantine.max-share", "Column id");
      assertThat(status.recordsQuarantined()).isBetween(1000L, 1001L);
      assertThat(letters(pipeline, schema)).hasSizeBetween(1000, 1001);
      assertThat(status.nextOffset()).isEqualTo(status.recordsQuarantined());
      assertThat(clickHouse.query("EXISTS TABLE capped.t")).isEqualTo("0\n");
    }
  }
}
