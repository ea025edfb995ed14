package dev.lockstep.capture.connectors;

import static dev.lockstep.stack.junit.Eventually.eventually;
import static dev.lockstep.stack.junit.Eventually.eventuallySees;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.common.control.ConnectorStatus;
import dev.lockstep.common.control.ConnectorStatus.State;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.TableReset;
import dev.lockstep.common.event.EventHead;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.stack.KafkaServer;
import dev.lockstep.stack.MySqlServer;
import dev.lockstep.stack.junit.Servers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("capture")
@ExtendWith(Servers.class)
class TransformsTest {
  private static final String OUTBOX =
      " (id CHAR(36) PRIMARY KEY, aggregatetype VARCHAR(50) NOT NULL, aggregateid VARCHAR(50) NOT NULL,"
          + " type VARCHAR(50) NOT NULL, payload JSON, part INT, at_ms DATETIME(3), bytes VARBINARY(20))";

  @Test
  void anOutboxTablesEventsGoToTheirOwnTopicsBesideAMirroredTable(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(
        mysql,
        "CREATE DATABASE box",
        "CREATE TABLE box.customers (id INT PRIMARY KEY, name VARCHAR(20))",
        "CREATE TABLE box.outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, "box1", "box");
    config.put("transforms.outbox.table.fields.additional.placement", "type:header:eventType");
    config.put("topic.creation.groups", "events");
    config.put("topic.creation.events.include", "outbox\\.event\\..*");
    config.put("topic.creation.events.partitions", "3");
    try (var suite = new CaptureSuite(kafka, "suite-box")) {
      begin(mysql, suite, "box", config);
      execute(
          mysql,
          "INSERT INTO box.customers VALUES (1, 'Ada')",
          event("box", 1, "box-order", "o1", "OrderCreated", "'{\"lines\": [1, 2]}'"),
          event("box", 2, "box-order", "o2", "OrderCreated", "NULL"),
          "UPDATE box.outbox SET type = 'x' WHERE aggregateid = 'o1'",
          "DELETE FROM box.outbox",
          event("box", 3, "box-customer", "c1", "Renamed", "'\"text\"'"),
          "UPDATE box.customers SET name = 'Bob'");
      var events = await(suite, "outbox.event.box-order", 2);
      var first = withKey(events, "\"o1\"");
      assertThat(text(first.value())).isEqualTo("\"{\\\"lines\\\": [1, 2]}\"");
      assertThat(header(first, "id")).isEqualTo(id(1));
      assertThat(header(first, "eventType")).isEqualTo("OrderCreated");
      assertThat(EventHeaders.read(first.headers(), EventHeaders.VERSION)).isPositive();
      assertThat(new EventHead().read(first.headers())).isFalse();
      assertThat(withKey(events, "\"o2\"").value()).isNull();
      assertThat(events).hasSize(2);
      assertThat(await(suite, "outbox.event.box-customer", 1)).hasSize(1);
      assertThat(suite.partitions("outbox.event.box-order")).isEqualTo(3);

      var rows = await(suite, "box1.box.customers", 2);
      assertThat(new EventHead().read(rows.getLast().headers())).isTrue();
      assertThat(text(rows.getLast().value())).contains("\"op\":\"u\"");
      assertThat(schemas(suite)).extracting(TableSchema::table).containsOnly("first", "customers");
      assertThat(suite.topics()).doesNotContain("box1.box.outbox");
    }
  }

  @Test
  void payloadsAreExpandedAndPlacedAsDebeziumsDocumentationSays(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(mysql, "CREATE DATABASE place", "CREATE TABLE place.outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, "place1", "place");
    config.put("transforms.outbox.table.expand.json.payload", "true");
    config.put("transforms.outbox.table.field.event.timestamp", "at_ms");
    config.put("transforms.outbox.route.tombstone.on.empty.payload", "true");
    config.put("transforms.outbox.route.topic.replacement", "place1.events.${routedByValue}");
    config.put(
        "transforms.outbox.table.fields.additional.placement", "type:envelope:kind,part:partition");
    config.put("topic.creation.default.partitions", "4");
    try (var suite = new CaptureSuite(kafka, "suite-place")) {
      begin(mysql, suite, "place", config);
      execute(
          mysql,
          event("place", 1, "order", "o1", "Created", "'{\"a\": {\"b\": [1, 2]}, \"n\": null}'"),
          event("place", 2, "order", "o2", "Gone", "NULL"));
      var events = await(suite, "place1.events.order", 2);
      var first = withKey(events, "\"o1\"");
      assertThat(text(first.value()))
          .isEqualTo("{\"payload\":{\"a\":{\"b\":[1,2]}},\"kind\":\"Created\"}");
      assertThat(first.partition()).isEqualTo(2);
      assertThat(first.timestamp()).isEqualTo(1_714_564_800_123L);
      assertThat(withKey(events, "\"o2\"").value()).isNull();
    }
  }

  @Test
  void convertersOfTheConfigWriteTheEventsAndNotTheRows(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    execute(
        mysql,
        "CREATE DATABASE conv",
        "CREATE TABLE conv.t (id INT PRIMARY KEY)",
        "CREATE TABLE conv.outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, "conv1", "conv");
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    try (var suite = new CaptureSuite(kafka, "suite-conv")) {
      begin(mysql, suite, "conv", config);
      execute(
          mysql,
          "INSERT INTO conv.t VALUES (1)",
          event("conv", 1, "conv-text", "o1", "Created", "'{\"a\": 1}'"));
      var text = await(suite, "outbox.event.conv-text", 1).getFirst();
      assertThat(text(text.key())).isEqualTo("o1");
      assertThat(text(text.value())).isEqualTo("{\"a\": 1}");
      assertThat(text(await(suite, "conv1.conv.t", 1).getFirst().key())).isEqualTo("{\"id\":1}");

      config.put("value.converter", "io.debezium.converters.BinaryDataConverter");
      config.put("transforms.outbox.table.field.event.payload", "bytes");
      suite.put("conv", config, DesiredState.RUNNING);
      suite.awaitState("conv", State.RUNNING);
      execute(mysql, event("conv", 2, "conv-bytes", "o1", "Created", "NULL"));
      var bytes = await(suite, "outbox.event.conv-bytes", 1).getFirst();
      assertThat(HexFormat.of().formatHex(bytes.value())).isEqualTo("00ff7f");
    }
  }

  @Test
  void rowsThatATransformRoutesStayRowsOfTheirTables(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    execute(
        mysql,
        "CREATE DATABASE shards",
        "CREATE TABLE shards.c_1 (id INT PRIMARY KEY)",
        "CREATE TABLE shards.c_2 (id INT PRIMARY KEY)",
        "INSERT INTO shards.c_1 VALUES (1)");
    Map<String, String> config = CaptureSuite.config(mysql, "shards1", "shards");
    config.put("transforms", "merge, note,");
    config.put("transforms.merge.type", "io.debezium.transforms.ByLogicalTableRouter");
    config.put("transforms.merge.topic.regex", "shards1\\.shards\\.c_.*");
    config.put("transforms.merge.topic.replacement", "shards1.all");
    config.put("transforms.note.type", "org.apache.kafka.connect.transforms.InsertHeader");
    config.put("transforms.note.header", "note");
    config.put("transforms.note.value.literal", "seen");
    try (var suite = new CaptureSuite(kafka, "suite-shards")) {
      begin(mysql, suite, "shards", config);
      await(suite, "shards1.all", 1);
      execute(mysql, "INSERT INTO shards.c_2 VALUES (1)", "DELETE FROM shards.c_1");
      var rows = await(suite, "shards1.all", 4);
      assertThat(text(rows.getFirst().key())).contains("__dbz__physicalTableIdentifier");
      assertThat(header(rows.getFirst(), "note")).isEqualTo("seen");
      assertThat(schemas(suite))
          .extracting(schema -> schema.topic() + " " + schema.table() + " " + schema.key())
          .contains("shards1.all c_1 [id]", "shards1.all c_2 [id]");
      assertThat(rows.stream().filter(row -> row.value() != null).map(TransformsTest::schemaId))
          .allMatch(id -> schemas(suite).stream().anyMatch(schema -> schema.id() == id));
      assertThat(resets(suite))
          .containsExactlyInAnyOrder("shards.c_1", "shards.c_2", "shards.first");
    }
  }

  @Test
  void transformsThatKeepTheEnvelopeAddWhatTheyAddAndDebeziumsOtherRecordsPass(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(
        mysql,
        "CREATE DATABASE kept",
        "CREATE TABLE kept.t (id INT PRIMARY KEY, v INT, w INT)",
        "INSERT INTO kept.t VALUES (1, 1, 1)");
    Map<String, String> config = CaptureSuite.config(mysql, "kept1", "kept");
    config.put("provide.transaction.metadata", "true");
    config.put("heartbeat.interval.ms", "200");
    config.put("topic.creation.default.partitions", "2");
    config.put("transforms", "changed,parts,note,value,tz,origin");
    config.put("transforms.changed.type", "io.debezium.transforms.ExtractChangedRecordState");
    config.put("transforms.changed.header.changed.name", "Changed");
    config.put("transforms.parts.type", "io.debezium.transforms.partitions.PartitionRouting");
    config.put("transforms.parts.partition.payload.fields", "change.id");
    config.put("transforms.parts.partition.topic.num", "2");
    config.put("transforms.note.type", "org.apache.kafka.connect.transforms.InsertHeader");
    config.put("transforms.note.header", "note");
    config.put("transforms.note.value.literal", "seen");
    config.put("transforms.value.type", "io.debezium.transforms.HeaderToValue");
    config.put("transforms.value.headers", "note");
    config.put("transforms.value.fields", "note");
    config.put("transforms.value.operation", "move");
    config.put("transforms.tz.type", "io.debezium.transforms.TimezoneConverter");
    config.put("transforms.tz.converted.timezone", "UTC");
    config.put("transforms.origin.type", "org.apache.kafka.connect.transforms.InsertField$Value");
    config.put("transforms.origin.static.field", "origin");
    config.put("transforms.origin.static.value", "here");
    predicate(config, "value", "kept1\\.kept\\.t");
    try (var suite = new CaptureSuite(kafka, "suite-kept")) {
      begin(mysql, suite, "kept", config);
      await(suite, "kept1.kept.t", 1);
      execute(mysql, "UPDATE kept.t SET w = 2");
      var row = await(suite, "kept1.kept.t", 2).getLast();
      assertThat(text(row.key())).isEqualTo("{\"id\":1}");
      assertThat(text(row.value()))
          .contains(
              "\"after\":{\"id\":1,\"v\":1,\"w\":2}", "\"note\":\"seen\"", "\"origin\":\"here\"");
      assertThat(header(row, "Changed")).isEqualTo("[\"w\"]");
      assertThat(row.headers().lastHeader("note")).isNull();
      assertThat(schemas(suite)).anyMatch(schema -> schema.id() == schemaId(row));
      assertThat(text(await(suite, "kept1.transaction", 2).getFirst().value()))
          .contains("\"status\":\"BEGIN\"", "\"origin\":\"here\"");
      var heartbeat = await(suite, "__debezium-heartbeat.kept1", 1).getFirst();
      assertThat(text(heartbeat.value())).contains("\"ts_ms\":", "\"origin\":\"here\"");
      assertThat(resets(suite)).contains("kept.t");
    }
  }

  @Test
  void rowsOfATableThatIsFlattenedAreNoRowsForTheMirror(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    execute(
        mysql,
        "CREATE DATABASE flat",
        "CREATE TABLE flat.t (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE flat.m (id INT PRIMARY KEY)");
    Map<String, String> config = CaptureSuite.config(mysql, "flat1", "flat");
    config.put("transforms", "flat");
    config.put("transforms.flat.type", "io.debezium.transforms.ExtractNewRecordState");
    predicate(config, "flat", "flat1\\.flat\\.t");
    try (var suite = new CaptureSuite(kafka, "suite-flat")) {
      begin(mysql, suite, "flat", config);
      execute(mysql, "INSERT INTO flat.t VALUES (1, 2)", "INSERT INTO flat.m VALUES (1)");
      var event = await(suite, "flat1.flat.t", 1).getFirst();
      assertThat(text(event.value())).isEqualTo("{\"id\":1,\"v\":2}");
      assertThat(new EventHead().read(event.headers())).isFalse();
      assertThat(text(await(suite, "flat1.flat.m", 1).getFirst().value())).contains("\"op\":\"c\"");
      assertThat(schemas(suite)).extracting(TableSchema::table).containsOnly("first", "m");
    }
  }

  @Test
  void aTransformThatFailsStopsTheConnectorWithTheWayOutAndLosesNothing(
      MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(mysql, "CREATE DATABASE fails", "CREATE TABLE fails.outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, "fails1", "fails");
    config.put("transforms.outbox.table.field.event.payload", "no_such_column");
    try (var suite = new CaptureSuite(kafka, "suite-fails")) {
      begin(mysql, suite, "fails", config);
      execute(mysql, event("fails", 1, "fails-order", "o1", "Created", "'{}'"));
      ConnectorStatus failed = suite.awaitState("fails", State.FAILED);
      assertThat(failed.reason())
          .contains("A transform failed on a record of fails1.fails.outbox")
          .contains("no_such_column")
          .contains("PUT the config");

      config.put("transforms.outbox.table.field.event.payload", "payload");
      suite.put("fails", config, DesiredState.RUNNING);
      assertThat(await(suite, "outbox.event.fails-order", 1)).hasSize(1);
    }
  }

  @Test
  void aConverterThatCanNotWriteAnEventStopsTheConnector(MySqlServer mysql, KafkaServer kafka)
      throws Exception {
    execute(mysql, "CREATE DATABASE nobytes", "CREATE TABLE nobytes.outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, "nobytes1", "nobytes");
    config.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    try (var suite = new CaptureSuite(kafka, "suite-nobytes")) {
      begin(mysql, suite, "nobytes", config);
      execute(mysql, event("nobytes", 1, "nobytes-order", "o1", "Created", "'{}'"));
      ConnectorStatus failed = suite.awaitState("nobytes", State.FAILED);
      assertThat(failed.reason()).contains("outbox.event.nobytes-order", "ByteArrayConverter");
    }
  }

  @Test
  void noRowCanRouteAnEventToAControlTopic(MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(mysql, "CREATE DATABASE evil", "CREATE TABLE evil.outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, "evil1", "evil");
    config.put("transforms.outbox.route.topic.replacement", "${routedByValue}");
    try (var suite = new CaptureSuite(kafka, "suite-evil")) {
      begin(mysql, suite, "evil", config);
      execute(mysql, event("evil", 1, "suite-evil.connectors", "evil", "Deleted", "NULL"));
      ConnectorStatus failed = suite.awaitState("evil", State.FAILED);
      assertThat(failed.reason()).contains("suite-evil.connectors", "not its to use");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          slash | 1 | a/b  | 0  | outbox.event.a/b
          far   | 2 | farx | 2  | it chooses partition 2, and the topic has 2
          minus | 2 | minx | -1 | it chooses partition -1, and the topic has 2
          """)
  void anEventForATopicOrPartitionThatCanNotBeStopsTheConnectorAndNamesIt(
      String name,
      String partitions,
      String aggregate,
      int partition,
      String cause,
      MySqlServer mysql,
      KafkaServer kafka)
      throws Exception {
    execute(mysql, "CREATE DATABASE " + name, "CREATE TABLE " + name + ".outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, name + "1", name);
    config.put("transforms.outbox.table.fields.additional.placement", "part:partition");
    config.put("topic.creation.default.partitions", partitions);
    try (var suite = new CaptureSuite(kafka, "suite-" + name)) {
      begin(mysql, suite, name, config);
      execute(
          mysql,
          "INSERT INTO %s.outbox VALUES ('%s', '%s', 'o1', 'Created', '{}', %d, NULL, NULL)"
              .formatted(name, id(1), aggregate, partition));
      ConnectorStatus failed = suite.awaitState(name, State.FAILED);
      assertThat(failed.reason())
          .contains("A transform failed on a record", cause, "PUT the config");
    }
  }

  @Test
  void whatOnlyMovesThePlaceIsCommittedToo(MySqlServer mysql, KafkaServer kafka) throws Exception {
    execute(mysql, "CREATE DATABASE moves", "CREATE TABLE moves.outbox" + OUTBOX);
    Map<String, String> config = outbox(mysql, "moves1", "moves");
    config.put("heartbeat.interval.ms", "0");
    try (var suite = new CaptureSuite(kafka, "suite-moves")) {
      begin(mysql, suite, "moves", config);
      execute(mysql, event("moves", 1, "moves-order", "o1", "Created", "'{}'"));
      await(suite, "outbox.event.moves-order", 1);
      int before = offsets(suite);
      execute(mysql, "DELETE FROM moves.outbox");
      eventually("the place", CaptureSuite.LIMIT, () -> offsets(suite) > before);
      assertThat(await(suite, "outbox.event.moves-order", 1)).hasSize(1);
    }
  }

  /** Returns when the snapshot has begun, so that what is written from now on is streamed. */
  private static void begin(
      MySqlServer mysql, CaptureSuite suite, String database, Map<String, String> config)
      throws Exception {
    execute(
        mysql,
        "CREATE TABLE " + database + ".first (id INT PRIMARY KEY)",
        "INSERT INTO " + database + ".first VALUES (1)");
    suite.start();
    suite.put(database, config, DesiredState.RUNNING);
    suite.awaitState(database, State.RUNNING);
    await(suite, config.get("topic.prefix") + "." + database + ".first", 1);
  }

  private static Map<String, String> outbox(MySqlServer mysql, String prefix, String database) {
    Map<String, String> config = new HashMap<>(CaptureSuite.config(mysql, prefix, database));
    config.put("transforms", "outbox");
    config.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
    predicate(config, "outbox", prefix + "\\." + database + "\\.outbox");
    return config;
  }

  private static void predicate(Map<String, String> config, String transform, String topics) {
    config.put("transforms." + transform + ".predicate", "chosen");
    config.put("predicates", "chosen");
    config.put(
        "predicates.chosen.type",
        "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
    config.put("predicates.chosen.pattern", topics);
  }

  private static String event(
      String database, int number, String of, String aggregate, String type, String payload) {
    return "INSERT INTO "
        + database
        + ".outbox VALUES ('"
        + String.join("','", id(number), of, aggregate, type)
        + "', "
        + payload
        + ", 2, '2024-05-01 12:00:00.123', x'00ff7f')";
  }

  private static String id(int number) {
    return "4d47e190-0402-4048-bc2c-%012d".formatted(number);
  }

  private static List<ConsumerRecord<byte[], byte[]>> await(
      CaptureSuite suite, String topic, int count) {
    return eventuallySees(
        count + " records in " + topic,
        CaptureSuite.LIMIT,
        () -> suite.committed(topic),
        seen -> seen.size() >= count);
  }

  private static ConsumerRecord<byte[], byte[]> withKey(
      List<ConsumerRecord<byte[], byte[]>> records, String key) {
    return records.stream().filter(item -> text(item.key()).equals(key)).findFirst().orElseThrow();
  }

  private static String text(byte @Nullable [] bytes) {
    return new String(Objects.requireNonNull(bytes), UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> item, String name) {
    return text(item.headers().lastHeader(name).value());
  }

  private static long schemaId(ConsumerRecord<byte[], byte[]> item) {
    return EventHeaders.read(item.headers(), EventHeaders.SCHEMA);
  }

  private static List<TableSchema> schemas(CaptureSuite suite) {
    return suite.committed(suite.settings.topics().schemas()).stream()
        .map(item -> ControlCodec.decode(item.value(), TableSchema.class))
        .toList();
  }

  private static List<String> resets(CaptureSuite suite) {
    return suite.committed(suite.settings.topics().resets()).stream()
        .map(item -> ControlCodec.decode(item.value(), TableReset.class).table())
        .toList();
  }

  private static int offsets(CaptureSuite suite) {
    return suite.committed(suite.settings.topics().offsets()).size();
  }

  private static void execute(MySqlServer mysql, String... statements) throws Exception {
    try (Connection connection = mysql.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
