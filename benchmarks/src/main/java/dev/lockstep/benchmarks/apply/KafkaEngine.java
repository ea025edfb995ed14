package dev.lockstep.benchmarks.apply;

import dev.lockstep.benchmarks.harness.ProcessUsage;
import dev.lockstep.benchmarks.subjects.TargetServer;
import java.time.Duration;

/**
 * The rival: ClickHouse's own Kafka table engine, and a materialized view into a table as
 * apply-service makes it. It numbers versions by the topic's offsets, which costs it least.
 */
enum KafkaEngine {
  /**
   * The fastest way found: a message is one string, of which {@code JSONExtract} takes all that is
   * needed at once. Larger or smaller blocks were slower, a thread of its own no faster.
   */
  STRING(
      "kafka-engine",
      "message String",
      "RawBLOB",
      "JSONExtract(message, 'Tuple(before Tuple(%1$s), after Tuple(%1$s), op String)')"),
  /** The way that ClickHouse's documentation goes: the format makes columns. */
  JSON_EACH_ROW(
      "kafka-engine-json-each-row",
      "before Tuple(%1$s), after Tuple(%1$s), op LowCardinality(String)",
      "JSONEachRow",
      "tuple(before, after, op)::Tuple(before Tuple(%1$s), after Tuple(%1$s), op String)");

  private static final String ROW =
      "id Int64, customer_id Int32, status String, quantity Int32, amount String,"
          + " placed_at Int64, changed_at String, note Nullable(String)";

  private static final String TARGET =
      """
      CREATE TABLE bench.orders (
        id Int64 CODEC(Delta, ZSTD(1)),
        customer_id Int32 CODEC(T64, LZ4),
        status String,
        quantity Int32 CODEC(T64, LZ4),
        amount Decimal(12, 2) CODEC(T64, LZ4),
        placed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
        changed_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
        note Nullable(String),
        _version UInt64 CODEC(Delta(8), ZSTD(1)),
        _deleted UInt8
      )
      ENGINE = ReplacingMergeTree(_version, _deleted)
      ORDER BY (id)
      """;

  /** One consumer. A block that does not fill is not waited for as long as by default. */
  @SuppressWarnings("InlineFormatString") // a statement
  private static final String QUEUE =
      """
      CREATE TABLE bench.queue (%s)
      ENGINE = Kafka
      SETTINGS kafka_broker_list = '%s', kafka_topic_list = '%s', kafka_group_name = '%s',
        kafka_num_consumers = 1, kafka_format = '%s',
        kafka_max_block_size = 65536, kafka_flush_interval_ms = 1000
      """;

  /** Debezium's decimals are the bytes of a number in two's complement, the highest first. */
  @SuppressWarnings("InlineFormatString") // a statement
  private static final String VIEW =
      """
      CREATE MATERIALIZED VIEW bench.view TO bench.orders AS
      WITH
        %s AS event,
        if(event.op = 'd', event.before, event.after) AS row,
        reverse(base64Decode(row.amount)) AS unscaled,
        64 - 8 * length(unscaled) AS unused
      SELECT
        row.id AS id,
        row.customer_id AS customer_id,
        row.status AS status,
        row.quantity AS quantity,
        reinterpret(
          bitShiftRight(bitShiftLeft(reinterpretAsInt64(unscaled), unused), unused),
          'Decimal64(2)') AS amount,
        fromUnixTimestamp64Milli(row.placed_at, 'UTC') AS placed_at,
        parseDateTime64BestEffort(row.changed_at, 3, 'UTC') AS changed_at,
        row.note AS note,
        _offset AS _version,
        event.op = 'd' AS _deleted
      FROM bench.queue
      """;

  private final String subject;
  private final String columns;
  private final String format;
  private final String event;

  KafkaEngine(String subject, String columns, String format, String event) {
    this.subject = subject;
    this.columns = columns;
    this.format = format;
    this.event = event;
  }

  /** With this Kafka's topic. */
  Filler filler(String bootstrapServers, String topic) {
    return new Filler() {
      @Override
      public String name() {
        return subject;
      }

      @Override
      public Filling start(TargetServer target, String group) {
        target.query("CREATE DATABASE bench");
        target.query(TARGET);
        target.query(
            QUEUE.formatted(columns.formatted(ROW), bootstrapServers, topic, group, format));
        target.query(VIEW.formatted(event.formatted(ROW)));
        return new Running(target);
      }
    };
  }

  /** It is ClickHouse itself that works. */
  private record Running(TargetServer target) implements Filling {
    private static final ProcessUsage NOTHING = new ProcessUsage(Duration.ZERO, 0);

    @Override
    public ProcessUsage usage() {
      return NOTHING;
    }

    @Override
    public void verifyAlive() {
      target.verifyAlive();
    }

    @Override
    public String lastWords() {
      return target.query(
          "SELECT exceptions.text FROM system.kafka_consumers WHERE database = 'bench'");
    }

    @Override
    public void close() {
      // it ends with its server
    }
  }
}
