package dev.lockstep.apply;

import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.control.DesiredState;
import dev.lockstep.common.control.TableReset;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.ControlTopics;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.replay.ReplayRequest;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands in for capture-service: publishes what a test wants to be applied. */
@SuppressWarnings("FutureReturnValueIgnored") // the commit of the transaction tells
final class SourceTopic implements AutoCloseable {
  static final Column ID = column("id", "INT", false, "int32");
  static final Column NAME = column("name", "VARCHAR", true, "string");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final KafkaSettings kafka;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private long clock = 1_000_000;

  SourceTopic(KafkaSettings kafka) throws Exception {
    this.kafka = kafka;
    this.admin = Admin.create(kafka.clientProperties());
    ControlTopics.ensure(admin, kafka, Duration.ofSeconds(30));
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("transactional.id", UUID.randomUUID().toString());
    properties.put("key.serializer", ByteArraySerializer.class);
    properties.put("value.serializer", ByteArraySerializer.class);
    this.producer = new KafkaProducer<>(properties);
    producer.initTransactions();
  }

  static Column column(String name, String type, boolean nullable, String wire) {
    return new Column(name, type, null, null, nullable, new Wire(wire, null, Map.of()));
  }

  void connector(String name, String prefix) {
    connector(name, prefix, Map.of());
  }

  void connector(String name, String prefix, Map<String, String> more) {
    Map<String, String> config = new HashMap<>(more);
    config.putAll(Map.of("topic.prefix", prefix, "database.password", "secret"));
    var spec = new ConnectorSpec(name, config, DesiredState.RUNNING, 1);
    inTransaction(() -> send(kafka.topics().connectors(), name, ControlCodec.encode(spec)));
  }

  void deleteConnector(String name) {
    inTransaction(() -> send(kafka.topics().connectors(), name, null));
  }

  void topic(String topic, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
  }

  /** Makes topics with one request, in which Kafka does not compare their names. */
  void topics(List<String> topics) throws Exception {
    admin
        .createTopics(topics.stream().map(topic -> new NewTopic(topic, 1, (short) 1)).toList())
        .all()
        .get();
  }

  /** Publishes a schema of a topic whose name's last two parts are database and table. */
  TableSchema schema(String connector, String topic, List<Column> columns, List<String> key) {
    String[] parts = topic.split("\\.", 3);
    return schema(new TableSchema(connector, topic, parts[1], parts[2], clock++, columns, key));
  }

  /** Publishes a schema as it is. */
  TableSchema schema(TableSchema schema) {
    inTransaction(
        () -> send(kafka.topics().schemas(), schema.recordKey(), ControlCodec.encode(schema)));
    return schema;
  }

  /** Publishes a table mapping. */
  void mapping(TableMapping mapping) {
    mapping(mapping.name(), ControlCodec.encode(mapping));
  }

  /** Publishes the mapping of this JSON, which names no mapping itself. */
  void map(String name, String json) {
    mapping(mappingOf(name, json));
  }

  /** The mapping of this JSON, which may have single quotes for double ones. */
  static TableMapping mappingOf(String name, String json) {
    String named = "{'name':'%s',%s".formatted(name, json.strip().substring(1));
    return ControlCodec.decode(
        named.replace('\'', '"').getBytes(StandardCharsets.UTF_8), TableMapping.class);
  }

  /** Publishes a mapping's value as it is; null deletes it. */
  void mapping(String name, byte @Nullable [] value) {
    inTransaction(() -> send(kafka.topics().mappings(), name, value));
  }

  /** Publishes values as they are, in one transaction. */
  void publish(TableSchema schema, List<@Nullable String> values) {
    inTransaction(() -> values.forEach(value -> event(schema, null, value)));
  }

  void publish(TableSchema schema, @Nullable String... values) {
    publish(schema, Arrays.asList(values));
  }

  /** Publishes values as if it were this moment. */
  void publishAt(Instant moment, TableSchema schema, String... values) {
    inTransaction(
        () -> {
          for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            var record =
                new ProducerRecord<byte[], byte[]>(
                    schema.topic(), null, moment.toEpochMilli(), key(schema, value), bytes);
            producer.send(withHeaders(record, schema));
          }
        });
  }

  /** Publishes a value with these dates in its header. */
  void publish(TableSchema schema, ZeroDates zeroDates, String value) {
    inTransaction(() -> event(schema, null, value, zeroDates.encode()));
  }

  /** Publishes a value whose header of zero dates has this text. */
  void publishWithZeroDates(TableSchema schema, String header, String value) {
    inTransaction(() -> event(schema, null, value, header.getBytes(StandardCharsets.UTF_8)));
  }

  /** The same into one partition. */
  void publishTo(int partition, TableSchema schema, String... values) {
    inTransaction(() -> List.of(values).forEach(value -> event(schema, partition, value)));
  }

  /** The next version, which no event has; what is published after this call is newer. */
  long version() {
    return clock++;
  }

  /** Publishes a value into one partition with an older version. */
  void publishLate(int partition, TableSchema schema, long version, String value) {
    long now = clock;
    clock = version;
    publishTo(partition, schema, value);
    clock = now;
  }

  /** Publishes that rows of a table are void. */
  void reset(TableSchema schema, long before) {
    var reset =
        new TableReset(schema.connector(), schema.database() + "." + schema.table(), before);
    inTransaction(
        () -> send(kafka.topics().resets(), reset.recordKey(), ControlCodec.encode(reset)));
  }

  /** Publishes a wish to apply records again. */
  void replay(ReplayRequest request) {
    inTransaction(
        () ->
            send(
                kafka.topics().replays(),
                ReplayRequest.recordKey(request.id()),
                ControlCodec.encode(request)));
  }

  /** Publishes a value without Lockstep's headers. */
  void publishBare(String topic, String value) {
    inTransaction(() -> send(topic, "{}", value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Publishes what capture-service does where a transform left no row. */
  void publishOfNoRow(String topic, String value) {
    var record =
        new ProducerRecord<byte[], byte[]>(topic, null, value.getBytes(StandardCharsets.UTF_8));
    record.headers().add(EventHeaders.VERSION, EventHeaders.encode(clock++));
    inTransaction(() -> producer.send(record));
  }

  static String created(String row) {
    return event("c", "null", row);
  }

  static String updated(String before, String after) {
    return event("u", before, after);
  }

  static String deleted(String row) {
    return event("d", row, "null");
  }

  static String event(String op, String before, String after) {
    return """
    {"before":%s,"after":%s,"source":{"db":"x","ts_ms":1700000000123,"ts_us":1700000000123456},"op":"%s","ts_ms":1700000000200}"""
        .formatted(before, after, op);
  }

  /** A row as a snapshot that began at this time reads it. */
  static String read(String row, long snapshotMicros) {
    return """
    {"before":null,"after":%s,"source":{"db":"x","snapshot":"true","ts_us":%d},"op":"r"}"""
        .formatted(row, snapshotMicros);
  }

  private void event(TableSchema schema, @Nullable Integer partition, @Nullable String value) {
    event(schema, partition, value, new byte[0]);
  }

  /** As Debezium has it: the key's columns of the row; a table without a key has no record keys. */
  private static byte @Nullable [] key(TableSchema schema, @Nullable String value) {
    if (schema.key().isEmpty()) {
      return null;
    }
    try {
      JsonNode event = JSON.readTree(value == null ? "{}" : value);
      JsonNode row = event.path("after").isObject() ? event.path("after") : event.path("before");
      var key = JSON.createObjectNode();
      schema.key().forEach(column -> key.set(column, row.path(column)));
      return JSON.writeValueAsBytes(key);
    } catch (JacksonException _) {
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
  }

  private void event(
      TableSchema schema, @Nullable Integer partition, @Nullable String value, byte[] zeroDates) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    byte[] key = key(schema, value);
    var record = new ProducerRecord<byte[], byte[]>(schema.topic(), partition, key, bytes);
    if (zeroDates.length > 0) {
      record.headers().add(EventHeaders.ZERO_DATES, zeroDates);
    }
    producer.send(withHeaders(record, schema));
  }

  private ProducerRecord<byte[], byte[]> withHeaders(
      ProducerRecord<byte[], byte[]> record, TableSchema schema) {
    record.headers().add(EventHeaders.VERSION, EventHeaders.encode(clock++));
    record.headers().add(EventHeaders.SCHEMA, EventHeaders.encode(schema.id()));
    return record;
  }

  private void send(String topic, String key, byte @Nullable [] value) {
    producer.send(new ProducerRecord<>(topic, ControlCodec.key(key), value));
  }

  private void inTransaction(Runnable sends) {
    producer.beginTransaction();
    sends.run();
    producer.commitTransaction();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }
}
