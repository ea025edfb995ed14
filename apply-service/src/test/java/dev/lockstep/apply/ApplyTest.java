package dev.lockstep.apply;

import static dev.lockstep.apply.SourceTopic.ID;
import static dev.lockstep.apply.SourceTopic.NAME;
import static dev.lockstep.apply.SourceTopic.column;
import static dev.lockstep.apply.SourceTopic.created;
import static dev.lockstep.apply.SourceTopic.deleted;
import static dev.lockstep.apply.SourceTopic.updated;
import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.common.control.TablePartitionStatus;
import dev.lockstep.common.control.TablePartitionStatus.State;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import dev.lockstep.stack.junit.SharedServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("main-job")
@ExtendWith(Servers.class)
class ApplyTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PREFIX = "applytest";

  private static KafkaSettings kafka = KafkaSettings.at("unset");
  private static @Nullable SourceTopic sourceTopic;
  private static @Nullable RunningService running;

  @BeforeAll
  static void start() throws Exception {
    String brokers = SharedServers.kafka().bootstrapServers();
    kafka = new KafkaSettings(brokers, "lsapply", (short) 1, Map.of());
    SourceTopic source = new SourceTopic(kafka);
    sourceTopic = source;
    source.connector("shop", PREFIX);
    running = new RunningService(kafka, SharedServers.clickHouse());
  }

  @AfterAll
  static void stop() {
    RunningService service = running;
    if (service != null) {
      service.close();
    }
    SourceTopic source = sourceTopic;
    if (source != null) {
      source.close();
    }
  }

  private static SourceTopic source() {
    SourceTopic source = sourceTopic;
    if (source == null) {
      throw new IllegalStateException("not started");
    }
    return source;
  }

  private static RunningService service() {
    RunningService service = running;
    if (service == null) {
      throw new IllegalStateException("not started");
    }
    return service;
  }

  private static TableSchema table(String database, String table) throws Exception {
    String topic = PREFIX + "." + database + "." + table;
    source().topic(topic, 1);
    return source().schema("shop", topic, List.of(ID, NAME), List.of("id"));
  }

  private static String row(int id, String name) {
    return "{\"id\":%d,\"name\":\"%s\"}".formatted(id, name);
  }

  @Test
  void insertsUpdatesAndDeletesEndAsTheSourceHasThem(ClickHouseServer clickHouse) throws Exception {
    TableSchema schema = table("plain", "customers");
    source()
        .publish(
            schema,
            created(row(1, "Ada")),
            created(row(2, "Grace")),
            created("{\"id\":3,\"name\":null}"));
    eventually(
        "three rows",
        SOON,
        () -> clickHouse.query("SELECT id, name FROM plain.customers FINAL ORDER BY id"),
        "1\tAda\n2\tGrace\n3\t\\N\n");
    source()
        .publish(
            schema,
            Arrays.asList(
                updated(row(1, "Ada"), row(1, "Ada L.")), deleted(row(2, "Grace")), null));
    eventually(
        "the changes",
        SOON,
        () -> clickHouse.query("SELECT id, name FROM plain.customers FINAL ORDER BY id"),
        "1\tAda L.\n3\t\\N\n");
    var progress =
        eventuallySees(
            "all six records to be counted",
            SOON,
            () -> service().progress(schema.topic()).orElseThrow(),
            p -> p.recordsRead() == 6);
    assertThat(progress.rowsApplied()).isEqualTo(5);
    assertThat(progress.dropped()).isEqualTo(1);
    assertThat(progress.lastSourceTime()).hasToString("2023-11-14T22:13:20.123456Z");
  }

  @Test
  void aNewTopicIsPickedUpWithoutARestart(ClickHouseServer clickHouse) throws Exception {
    eventually(
        "readiness", SOON, () -> service().get("/actuator/health/readiness").startsWith("200"));
    TableSchema schema = table("fresh", "t");
    source().publish(schema, created(row(1, "x")));
    eventually(
        "its row", Duration.ofSeconds(3), () -> clickHouse.query("SELECT id FROM fresh.t"), "1\n");
    source().publish(schema, created(row(2, "x")));
    eventually("its row", SOON, () -> clickHouse.query("SELECT count() FROM fresh.t"), "2\n");
  }

  @Test
  void aTopicThatATransformationNamedIsReadWhenItsSchemaIsKnown(ClickHouseServer clickHouse)
      throws Exception {
    source().topic("routed.elsewhere.t", 1);
    TableSchema schema =
        source().schema("shop", "routed.elsewhere.t", List.of(ID, NAME), List.of("id"));
    source().publish(schema, created(row(1, "x")));
    eventually("its row", SOON, () -> clickHouse.query("SELECT id FROM elsewhere.t"), "1\n");
  }

  @Test
  void onePoisonedRecordAmongManyIsQuarantinedAndTheOthersGoIn(ClickHouseServer clickHouse)
      throws Exception {
    TableSchema schema = table("poisoned", "t");
    List<String> values = new ArrayList<>();
    IntStream.range(0, 1000).forEach(i -> values.add(created(row(i, "n" + i))));
    values.set(500, created("{\"id\":3000000000,\"name\":\"too large\"}"));
    source().publish(schema, values.toArray(String[]::new));
    eventually(
        "the others",
        SOON,
        () -> clickHouse.query("SELECT count() FROM poisoned.t FINAL"),
        "999\n");
    List<ConsumerRecord<byte[], byte[]>> letters =
        ControlReader.records(kafka, kafka.topics().deadLetters(), schema.topic());
    assertThat(letters).hasSize(1);
    ConsumerRecord<byte[], byte[]> letter = letters.getFirst();
    assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(values.get(500));
    assertThat(header(letter, "lockstep.error")).contains("Column id", "3000000000", "Int32");
    assertThat(header(letter, "lockstep.offset")).isEqualTo("500");
    assertThat(header(letter, "lockstep.error.stack")).contains("dev.lockstep.apply.encode");
    assertThat(EventHeaders.read(letter.headers(), EventHeaders.VERSION)).isPositive();
    assertThat(letter.key()).isNotEmpty();
    assertThat(EventHeaders.read(letter.headers(), EventHeaders.SCHEMA)).isEqualTo(schema.id());
    assertThat(service().progress(schema.topic()).orElseThrow().quarantined()).isEqualTo(1);
    eventually(
        "the status to count it",
        SOON,
        () -> ControlReader.status(kafka, schema.topic()).recordsQuarantined(),
        1L);
  }

  @Test
  void whatIsNotALockstepEventIsQuarantined(ClickHouseServer clickHouse) throws Exception {
    TableSchema schema = table("malformed", "t");
    source().publishBare(schema.topic(), created(row(1, "no headers")));
    source()
        .publish(
            schema,
            "{\"before\":null,\"aft",
            "[]",
            "{}",
            created("{\"id\":1}"),
            created("{\"id\":1,\"name\":\"x\",\"more\":1}"),
            created("{\"id\":null,\"name\":\"x\"}"),
            created("{\"name\":\"any order\",\"id\":7}"));
    eventually(
        "the good one",
        SOON,
        () -> clickHouse.query("SELECT * EXCEPT _version FROM malformed.t"),
        "7\tany order\t0\n");
    assertThat(ControlReader.records(kafka, kafka.topics().deadLetters(), schema.topic()))
        .hasSize(7);
  }

  @Test
  void eventsThatAreNoRowsArePassedOverAndTheirTopicIsNoTable(ClickHouseServer clickHouse)
      throws Exception {
    String events = PREFIX + ".outbox.order";
    source().topic(events, 1);
    source().publishOfNoRow(events, "\"{}\"");
    TableSchema schema = table("beside", "t");
    source().publishOfNoRow(schema.topic(), "{\"id\":1,\"name\":\"flat\"}");
    source().publish(schema, created(row(2, "row")));
    eventually(
        "the row",
        SOON,
        () -> clickHouse.query("SELECT * EXCEPT _version FROM beside.t"),
        "2\trow\t0\n");
    eventually(
        "the event to be read",
        SOON,
        () -> service().progress(events).map(progress -> progress.recordsRead()).orElse(0L),
        1L);
    for (String topic : List.of(events, schema.topic())) {
      var progress =
          eventuallySees(
              "an event to be dropped",
              SOON,
              () -> service().progress(topic).orElseThrow(),
              seen -> seen.dropped() == 1);
      assertThat(progress.quarantined()).isZero();
    }
    source().publish(schema, created(row(3, "later")));
    eventually(
        "a status that is newer than the event",
        SOON,
        () -> ControlReader.status(kafka, schema.topic()).recordsRead(),
        3L);
    assertThatThrownBy(() -> ControlReader.status(kafka, events))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void rowsInATopicThatATransformNamedAreApplied(ClickHouseServer clickHouse) throws Exception {
    String all = PREFIX + ".all";
    source().topic(all, 1);
    TableSchema schema =
        source()
            .schema(
                new TableSchema(
                    "shop",
                    all,
                    "routed",
                    "t",
                    source().version(),
                    List.of(ID, NAME),
                    List.of("id")));
    source().publish(schema, created(row(1, "x")));
    eventually(
        "the row",
        SOON,
        () -> clickHouse.query("SELECT * EXCEPT _version FROM routed.t"),
        "1\tx\t0\n");
  }

  @Test
  void aTableWithoutAKeyThatTheMappingRefusesFailsAndItsNeighbourGoesOn(ClickHouseServer clickHouse)
      throws Exception {
    String keyless = PREFIX + ".keyless.bad";
    source().map("strict", "{'tables':'keyless\\\\..*','keyless':'REFUSE'}");
    source().topic(keyless, 1);
    TableSchema bad = source().schema("shop", keyless, List.of(ID, NAME), List.of());
    TableSchema good = table("keyless", "good");
    source().publish(bad, created(row(1, "x")));
    source().publish(good, created(row(1, "x")));
    eventually("the neighbour", SOON, () -> clickHouse.query("SELECT id FROM keyless.good"), "1\n");
    TablePartitionStatus status = awaitState(bad, State.FAILED);
    assertThat(status.reason()).contains("primary key", "message.key.columns", "mapping strict");
    assertThat(status.nextOffset()).isZero();
    assertThat(awaitState(good, State.RUNNING).rowsApplied()).isEqualTo(1);
  }

  @Test
  void anUnsupportedTypeFailsTheTableWithTheColumnAndTheWayOut() throws Exception {
    String topic = PREFIX + ".unsupported.t";
    source().topic(topic, 1);
    TableSchema schema =
        source()
            .schema(
                "shop",
                topic,
                List.of(ID, column("shape", "GEOMETRY", true, "struct")),
                List.of("id"));
    source().publish(schema, created("{\"id\":1,\"shape\":null}"));
    assertThat(awaitState(schema, State.FAILED).reason())
        .contains("shape", "GEOMETRY", "column.exclude.list");
  }

  @Test
  void aTableThatFitsIsAdoptedAndColumnsAreAddedInPlace(ClickHouseServer clickHouse)
      throws Exception {
    clickHouse.query("CREATE DATABASE adopted");
    clickHouse.query(
        "CREATE TABLE adopted.t (id Int32, note String, _version UInt64, _deleted UInt8)"
            + " ENGINE = ReplacingMergeTree(_version, _deleted) ORDER BY id");
    TableSchema schema = table("adopted", "t");
    source().publish(schema, created(row(1, "x")));
    eventually(
        "the row",
        SOON,
        () -> clickHouse.query("SELECT * EXCEPT (_version, _deleted) FROM adopted.t"),
        "1\tx\t\n");
  }

  @Test
  void aTableThatDoesNotFitFailsWithEveryMisfit(ClickHouseServer clickHouse) throws Exception {
    clickHouse.query("CREATE DATABASE misfit");
    clickHouse.query(
        "CREATE TABLE misfit.t (id Int64, name String, _version UInt64, _deleted UInt8)"
            + " ENGINE = MergeTree ORDER BY (id, name)");
    TableSchema schema = table("misfit", "t");
    source().publish(schema, created(row(1, "x")));
    assertThat(awaitState(schema, State.FAILED).reason())
        .contains(
            "engine is MergeTree",
            "sorting key is (`id`, `name`)",
            "column id is Int64",
            "CREATE TABLE");
  }

  @Test
  void aFailedTableGoesOnOnceItIsMended(ClickHouseServer clickHouse) throws Exception {
    clickHouse.query("CREATE DATABASE mended");
    clickHouse.query("CREATE TABLE mended.t (id Int64) ENGINE = Memory");
    TableSchema schema = table("mended", "t");
    source().publish(schema, created(row(1, "x")));
    awaitState(schema, State.FAILED);
    clickHouse.query("DROP TABLE mended.t");
    eventually(
        "the row",
        Duration.ofSeconds(45),
        () -> clickHouse.query("SELECT id, name FROM mended.t"),
        "1\tx\n");
    awaitState(schema, State.RUNNING);
  }

  @Test
  void anAddedColumnIsAddedToTheTarget(ClickHouseServer clickHouse) throws Exception {
    TableSchema before = table("evolved", "t");
    source().publish(before, created(row(1, "x")));
    TableSchema after =
        source()
            .schema(
                "shop",
                before.topic(),
                List.of(ID, column("age", "TINYINT UNSIGNED", true, "int16"), NAME),
                List.of("id"));
    source().publish(after, created("{\"id\":2,\"age\":200,\"name\":\"y\"}"));
    eventually(
        "both rows",
        SOON,
        () -> clickHouse.query("SELECT * EXCEPT (_version, _deleted) FROM evolved.t ORDER BY id"),
        "1\t\\N\tx\n2\t200\ty\n");
  }

  private static TablePartitionStatus awaitState(TableSchema schema, State state) {
    return eventuallySees(
        "the status of " + schema.topic(),
        SOON,
        () -> ControlReader.status(kafka, schema.topic()),
        status -> status.state() == state && (state != State.RUNNING || status.rowsApplied() > 0));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
