package dev.lockstep.capture.engine;

import dev.lockstep.capture.publish.SourceOffset;
import dev.lockstep.capture.resets.TableReadChannel;
import dev.lockstep.capture.transforms.Transforms;
import dev.lockstep.common.control.ConnectorSpec;
import dev.lockstep.common.kafka.KafkaSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debezium's properties for a connector: what the operator gave, over Lockstep's defaults, under
 * what Lockstep needs.
 */
public final class EngineConfig {
  private static final String HISTORY = "schema.history.internal.";

  /** Where Debezium's own defaults cost latency or memory. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("max.batch.size", "8192"),
          Map.entry("max.queue.size", "32768"),
          Map.entry("max.queue.size.in.bytes", String.valueOf(64 * 1024 * 1024)),
          Map.entry("poll.interval.ms", "10"),
          // All of them are in the heap at once, and rows can be of megabytes.
          Map.entry("snapshot.fetch.size", "128"),
          // In seconds. The stream rests while a chunk of a snapshot is read or Kafka is away, and
          // the
          // server's own 60 would end it.
          Map.entry("binlog.net.write.timeout", "3600"),
          Map.entry("executor.shutdown.timeout.ms", "1000"),
          // Keeps the offset moving while captured tables rest, so that the binlog is not purged
          // past it.
          Map.entry("heartbeat.interval.ms", "10000"),
          Map.entry("incremental.snapshot.chunk.size", "8192"),
          Map.entry("snapshot.mode", "initial"),
          Map.entry("topic.naming.strategy", RememberedTopicNames.class.getName()));

  /** Without which Debezium would alter values, or leave them out. */
  private static final Map<String, String> EXACT =
      Map.of(
          // Years 1 to 99 are not 2001 to 1999.
          "enable.time.adjuster", "false",
          "include.schema.comments", "true",
          // A value that can't be converted would be null.
          "event.converting.failure.handling.mode", "fail",
          // The server's prepared statements send rows in MySQL's binary protocol; in its text
          // protocol a FLOAT has six digits.
          "driver.useServerPrepStmts", "true",
          "driver.useCursorFetch", "true",
          // Texts come as the bytes that are stored: the server would make a question mark of what
          // stands for no character.
          "driver.characterSetResults", "null",
          // The wall clock of every TIMESTAMP that is read is UTC's.
          "driver.connectionTimeZone", "UTC",
          "driver.forceConnectionTimeZoneToSession", "true");

  /**
   * A cursor's rows pass a temporary table, where some modes would turn 2024-05-00 into 0000-00-00;
   * others would add spaces to a CHAR, or leave escapes out of SHOW CREATE TABLE. ANSI_QUOTES
   * stays, for Debezium reads the DDL of the binlog by it.
   */
  private static final String SESSION =
      "sql_mode=IF(FIND_IN_SET('ANSI_QUOTES',@@sql_mode),'ANSI_QUOTES,ALLOW_INVALID_DATES',"
          + "'ALLOW_INVALID_DATES'),time_zone='+00:00'";

  private static final String SESSION_VARIABLES = "driver.sessionVariables";
  private static final String NOTIFIED = "notification.enabled.channels";
  private static final String FETCH_SIZE = "snapshot.fetch.size";

  private EngineConfig() {}

  /** The properties to create an engine with. They hold secrets: never log them. */
  public static Properties of(
      ConnectorSpec spec, Optional<SourceOffset> committed, KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.putAll(DEFAULTS);
    properties.putAll(spec.config());
    // These are applied when a batch is published.
    properties.remove(Transforms.KEY);
    properties.remove(Transforms.PREDICATES);
    properties.setProperty("name", spec.name());
    properties.putIfAbsent(ServerIds.KEY, String.valueOf(ServerIds.next()));
    // The schema of each row carries the source's types, which the target table is made from.
    properties.setProperty("column.propagate.source.type", ".*");
    properties.putAll(EXACT);
    properties.merge(SESSION_VARIABLES, SESSION, (given, own) -> given + "," + own);
    if (properties.getProperty(FETCH_SIZE).strip().matches("-\\d+|0")) {
      properties.putAll(Map.of(FETCH_SIZE, DEFAULTS.get(FETCH_SIZE)));
    }
    // A failure ends the engine, and its supervisor begins again from the committed offset and
    // tells why.
    properties.setProperty("errors.max.retries", "0");
    ValueConverters.addTo(properties);
    properties.merge(NOTIFIED, TableReadChannel.NAME, (given, own) -> given + "," + own);
    schemaHistory(properties, spec, kafka);
    properties.setProperty("offset.storage", SeededOffsetStore.class.getName());
    committed.ifPresent(offset -> seed(properties, offset));
    return properties;
  }

  private static void schemaHistory(
      Properties properties, ConnectorSpec spec, KafkaSettings kafka) {
    properties.setProperty(
        "schema.history.internal", "io.debezium.storage.kafka.history.KafkaSchemaHistory");
    properties.setProperty(HISTORY + "kafka.bootstrap.servers", kafka.bootstrapServers());
    properties.setProperty(HISTORY + "kafka.topic", kafka.topics().schemaHistory(spec));
    kafka
        .properties()
        .forEach(
            (key, value) -> {
              properties.setProperty(HISTORY + "producer." + key, value);
              properties.setProperty(HISTORY + "consumer." + key, value);
            });
  }

  private static void seed(Properties properties, SourceOffset offset) {
    JsonMapper json = JsonMapper.shared();
    properties.setProperty(
        SeededOffsetStore.PARTITION, json.writeValueAsString(offset.partition()));
    properties.setProperty(SeededOffsetStore.OFFSET, json.writeValueAsString(offset.offset()));
  }
}
