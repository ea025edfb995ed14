package dev.lockstep.capture.connectors;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.capture.simulation.ModelBinlog;
import dev.lockstep.capture.simulation.ModelKafka;
import dev.lockstep.capture.simulation.ModelKafka.Entry;
import dev.lockstep.capture.simulation.ModelKafka.Transaction;
import dev.lockstep.capture.simulation.ModelSource;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a {@link ModelKafka} has committed, held to what exactly-once means. */
record CommittedLog(ModelKafka kafka, TopicNames topics) {
  private record Event(@Nullable JsonNode value, long version, @Nullable Long schema, String key) {
    static Event of(ProducerRecord<byte[], byte[]> sent) {
      JsonNode value = sent.value() == null ? null : JsonMapper.shared().readTree(sent.value());
      Long schema =
          sent.headers().lastHeader(EventHeaders.SCHEMA) == null
              ? null
              : EventHeaders.read(sent.headers(), EventHeaders.SCHEMA);
      int id = JsonMapper.shared().readTree(sent.key()).path("id").asInt();
      return new Event(
          value,
          EventHeaders.read(sent.headers(), EventHeaders.VERSION),
          schema,
          sent.topic() + "/" + id);
    }

    JsonNode row() {
      JsonNode event = Objects.requireNonNull(value);
      return event.path(event.path("op").asString().equals("d") ? "before" : "after");
    }

    String description() {
      return value == null
          ? ModelBinlog.describe("tombstone", 0)
          : ModelBinlog.describe(value.path("op").asString(), row().path("place").asInt());
    }
  }

  private boolean isData(Entry entry) {
    String topic = entry.partition().topic();
    return !Set.of(topics.offsets(), topics.schemas()).contains(topic) && !isHeartbeat(topic);
  }

  private static boolean isHeartbeat(String topic) {
    return topic.startsWith("__debezium-heartbeat.");
  }

  /** Throws what is wrong first; the sources are those of all connectors, by name. */
  void verify(Map<String, ModelSource> sources) {
    Map<String, List<String>> expected = new TreeMap<>();
    sources.values().forEach(source -> expected.putAll(source.binlog().recordsByKey()));
    Map<String, List<String>> byKey = new TreeMap<>();
    kafka
        .committedLogs()
        .forEach(
            (partition, entries) -> {
              if (!entries.isEmpty() && isData(entries.getFirst())) {
                verifyVersions(partition, entries, byKey);
              }
            });
    expected.forEach((key, records) -> equal("the records of " + key, byKey.remove(key), records));
    equal("records of other keys", byKey, Map.of());
    verifyTransactions(sources);
  }

  private static void verifyVersions(
      TopicPartition partition, List<Entry> entries, Map<String, List<String>> byKey) {
    long last = 0;
    for (Entry entry : entries) {
      Event event = Event.of(Objects.requireNonNull(entry.sent()));
      isTrue(
          event.version > last,
          "versions of " + partition + " rise, not " + last + ", " + event.version);
      last = event.version;
      byKey.computeIfAbsent(event.key, key -> new ArrayList<>()).add(event.description());
    }
  }

  private void verifyTransactions(Map<String, ModelSource> sources) {
    Map<String, Integer> places = new HashMap<>();
    Map<String, Set<String>> columns = new HashMap<>();
    for (Transaction of : kafka.committed()) {
      isTrue(!of.isOfZombie(), "no commit of " + of.connector() + " after it was taken over");
      ModelSource source = Objects.requireNonNull(sources.get(of.connector()));
      int before = places.getOrDefault(of.connector(), 0);
      places.put(of.connector(), verify(of, source, before, columns));
    }
    sources.forEach(
        (connector, source) ->
            equal(
                "the last place of " + connector, places.get(connector), source.binlog().length()));
  }

  /**
   * Its offset is its last row's, or lies where it lay; each record's schema was published before,
   * with its shape.
   *
   * @param before the place that the transaction before came to
   * @return the place that this one came to
   */
  private int verify(
      Transaction of, ModelSource source, int before, Map<String, Set<String>> columns) {
    long version = 0;
    int place = before;
    SourceOffset offset = null;
    for (Entry entry : of.entries()) {
      ProducerRecord<byte[], byte[]> sent = Objects.requireNonNull(entry.sent());
      if (sent.topic().equals(topics.offsets())) {
        offset = ControlCodec.decode(sent.value(), SourceOffset.class);
      } else if (sent.topic().equals(topics.schemas())) {
        learn(ControlCodec.decode(sent.value(), TableSchema.class), columns);
      } else if (isHeartbeat(sent.topic())) {
        version = EventHeaders.read(sent.headers(), EventHeaders.VERSION);
      } else {
        Event event = Event.of(sent);
        version = event.version;
        if (event.value != null) {
          place = event.row().path("place").asInt();
          String id = of.connector() + "/" + sent.topic() + "/" + event.schema;
          equal("columns by schema " + id, columns.get(id), names(event.row()));
        }
      }
    }
    isTrue(offset != null, "a transaction of " + of.connector() + " has an offset");
    equal("the offset's version", Objects.requireNonNull(offset).version(), version);
    equal("the offset's place", source.placeOf(offset.server(), offset.offset()), place);
    return place;
  }

  private static void learn(TableSchema schema, Map<String, Set<String>> columns) {
    Set<String> names = new TreeSet<>();
    schema.columns().forEach(column -> names.add(column.name()));
    columns.put(schema.recordKey(), names);
  }

  private static Set<String> names(JsonNode row) {
    return new TreeSet<>(row.propertyNames());
  }

  private static void isTrue(boolean holds, String invariant) {
    if (!holds) {
      throw new AssertionError("Expected: " + invariant);
    }
  }

  private static void equal(String what, @Nullable Object actual, Object expected) {
    isTrue(expected.equals(actual), what + " to be " + expected + ", not " + actual);
  }
}
