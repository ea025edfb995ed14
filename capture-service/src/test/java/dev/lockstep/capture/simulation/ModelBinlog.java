package dev.lockstep.capture.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a source's binlog says: rows of two tables, at places from 1, whose columns change now and
 * then, in transactions. Its records are Debezium's: those of one row carry one offset, which a
 * {@link ModelServer} gives them.
 */
public final class ModelBinlog {
  private static final List<String> TABLES = List.of("orders", "customers");
  private static final Schema SOURCE =
      SchemaBuilder.struct()
          .field("db", Schema.STRING_SCHEMA)
          .field("table", Schema.STRING_SCHEMA)
          .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
          .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private final String connector;
  private final List<Row> rows = new ArrayList<>();
  private final List<Integer> transactions;

  /**
   * One row of the binlog.
   *
   * @param op c, u, d, or k for an update of the key
   * @param shape how many columns the table has beyond its first two
   */
  private record Row(int place, String table, char op, int key, int newKey, int shape) {}

  /** A table's schemas as one run of the connector has them: new instances after each DDL. */
  private record Schemas(Schema key, Schema row, Schema envelope) {}

  /** A random one of this many rows. */
  public ModelBinlog(String connector, int length, Random dice) {
    this.connector = connector;
    Map<String, TreeSet<Integer>> keys = new HashMap<>();
    Map<String, Integer> shapes = new HashMap<>();
    for (int place = 1; place <= length; place++) {
      String table = TABLES.get(dice.nextInt(TABLES.size()));
      if (dice.nextInt(12) == 0) {
        shapes.put(table, dice.nextInt(3));
      }
      int shape = shapes.getOrDefault(table, 0);
      rows.add(row(place, table, shape, keys.computeIfAbsent(table, t -> new TreeSet<>()), dice));
    }
    this.transactions = ModelServer.randomSizes(length, dice);
  }

  /** How many rows each transaction has. */
  List<Integer> transactions() {
    return transactions;
  }

  /** Debezium's source partition. */
  Map<String, String> partition() {
    return Map.of("server", connector);
  }

  /** The topic of Debezium's heartbeats. */
  public String heartbeats() {
    return "__debezium-heartbeat." + connector;
  }

  private static Row row(int place, String table, int shape, TreeSet<Integer> keys, Random dice) {
    int unused = keys.isEmpty() ? 1 : keys.last() + 1;
    if (keys.size() < 3 || dice.nextInt(5) == 0) {
      keys.add(unused);
      return new Row(place, table, 'c', unused, unused, shape);
    }
    int key = List.copyOf(keys).get(dice.nextInt(keys.size()));
    char op = "uudkk".charAt(dice.nextInt(5));
    if (op != 'u') {
      keys.remove(key);
    }
    if (op == 'k') {
      keys.add(unused);
    }
    return new Row(place, table, op, key, op == 'k' ? unused : key, shape);
  }

  /** The topic of a table. */
  public String topic(String table) {
    return connector + ".shop." + table;
  }

  /** How many rows there are; the place of the last. */
  public int length() {
    return rows.size();
  }

  /** All records of the rows, as one server sends them. */
  public List<SourceRecord> records() {
    List<SourceRecord> records = new ArrayList<>();
    Reader reader = reader();
    for (int place = 0; place < rows.size(); place++) {
      reader.read(place, "source:1", Map.of("pos", place + 1L), false, records);
    }
    return records;
  }

  /** For one run. */
  Reader reader() {
    return new Reader();
  }

  /** Makes the records of one run. */
  final class Reader {
    private final Map<String, Row> last = new HashMap<>();
    private final Map<String, Schemas> schemas = new HashMap<>();

    /** Adds the records of the row behind a place. */
    void read(
        int place,
        String gtid,
        Map<String, Object> offset,
        boolean hasGtids,
        List<SourceRecord> records) {
      Row row = rows.get(place);
      Row before = last.put(row.table, row);
      if (before == null || before.shape != row.shape) {
        schemas.put(row.table, schemas(row));
      }
      Schemas of = Objects.requireNonNull(schemas.get(row.table));
      add(row, new Read(of, hasGtids ? gtid : null, offset), records);
    }
  }

  /** What a row's records have in common. */
  private record Read(Schemas of, @Nullable String gtid, Map<String, Object> offset) {}

  private Schemas schemas(Row row) {
    SchemaBuilder key = SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA);
    SchemaBuilder columns =
        SchemaBuilder.struct()
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("place", Schema.INT32_SCHEMA);
    for (int i = 0; i < row.shape; i++) {
      columns.field("c" + i, Schema.OPTIONAL_STRING_SCHEMA);
    }
    Schema built = columns.build();
    Schema envelope =
        SchemaBuilder.struct()
            .name(topic(row.table) + ".Envelope")
            .field("before", built)
            .field("after", built)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    return new Schemas(key.build(), built, envelope);
  }

  private void add(Row row, Read read, List<SourceRecord> records) {
    Schema key = read.of.key;
    switch (row.op) {
      case 'd' -> delete(row, read, List.of(), records);
      case 'k' -> {
        var headers = new ConnectHeaders();
        headers.add("__debezium.newkey", key(read.of, row.newKey), key);
        delete(row, read, headers, records);
        headers = new ConnectHeaders();
        headers.add("__debezium.oldkey", key(read.of, row.key), key);
        records.add(record(row, read, row.newKey, event(row, read, "c", row.newKey), headers));
      }
      default -> {
        Struct event = event(row, read, String.valueOf(row.op), row.key);
        records.add(record(row, read, row.key, event, List.of()));
      }
    }
  }

  private void delete(Row row, Read read, Iterable<Header> headers, List<SourceRecord> records) {
    records.add(record(row, read, row.key, event(row, read, "d", row.key), headers));
    records.add(record(row, read, row.key, null, headers));
  }

  private SourceRecord record(
      Row row, Read read, int key, @Nullable Struct value, Iterable<Header> headers) {
    return new SourceRecord(
        partition(),
        read.offset,
        topic(row.table),
        null,
        read.of.key,
        key(read.of, key),
        value == null ? null : read.of.envelope,
        value,
        null,
        headers);
  }

  private static Struct key(Schemas of, int key) {
    return new Struct(of.key).put("id", key);
  }

  private static Struct event(Row row, Read read, String op, int key) {
    Struct columns = new Struct(read.of.row).put("id", key).put("place", row.place);
    for (int i = 0; i < row.shape; i++) {
      columns.put("c" + i, "v" + row.place);
    }
    Struct source =
        new Struct(SOURCE).put("db", "shop").put("table", row.table).put("gtid", read.gtid);
    return new Struct(read.of.envelope)
        .put(op.equals("d") ? "before" : "after", columns)
        .put("source", source)
        .put("op", op);
  }

  /** Every record of each key, by topic and key, as {@link #describe} says them. */
  public Map<String, List<String>> recordsByKey() {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (SourceRecord item : records()) {
      int key = ((Struct) item.key()).getInt32("id");
      String op = item.value() == null ? "tombstone" : ((Struct) item.value()).getString("op");
      int place = ((Number) item.sourceOffset().get("pos")).intValue();
      byKey
          .computeIfAbsent(item.topic() + "/" + key, k -> new ArrayList<>())
          .add(describe(op, place));
    }
    return byKey;
  }

  /** A record in short; a tombstone has no place. */
  public static String describe(String op, int place) {
    return op.equals("tombstone") ? op : op + " at " + place;
  }
}
