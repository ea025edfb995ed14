package dev.lockstep.capture.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * A source's binlog: rows of two tables, at places from 1, whose columns change now and then. Its
 * records are Debezium's: those of one row carry one offset, the place of that row.
 */
public final class ModelBinlog {
  private static final List<String> TABLES = List.of("orders", "customers");
  private static final Schema SOURCE =
      SchemaBuilder.struct().field("db", Schema.STRING_SCHEMA).field("table", Schema.STRING_SCHEMA);

  private final String connector;
  private final List<Row> rows = new ArrayList<>();

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

  /** What a run of the connector captures that goes on behind a place; 0 is the beginning. */
  public List<SourceRecord> recordsAfter(int place) {
    List<SourceRecord> records = new ArrayList<>();
    Map<String, Row> last = new HashMap<>();
    Map<String, Schemas> schemas = new HashMap<>();
    for (Row row : rows.subList(place, rows.size())) {
      Row before = last.put(row.table, row);
      if (before == null || before.shape != row.shape) {
        schemas.put(row.table, schemas(row));
      }
      add(row, schemas.getOrDefault(row.table, schemas(row)), records);
    }
    return records;
  }

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

  private void add(Row row, Schemas of, List<SourceRecord> records) {
    switch (row.op) {
      case 'd' -> delete(row, of, List.of(), records);
      case 'k' -> {
        var headers = new ConnectHeaders();
        headers.add("__debezium.newkey", key(of, row.newKey), of.key);
        delete(row, of, headers, records);
        headers = new ConnectHeaders();
        headers.add("__debezium.oldkey", key(of, row.key), of.key);
        records.add(record(row, of, row.newKey, event(row, of, "c", row.newKey), headers));
      }
      default ->
          records.add(
              record(row, of, row.key, event(row, of, String.valueOf(row.op), row.key), List.of()));
    }
  }

  private void delete(Row row, Schemas of, Iterable<Header> headers, List<SourceRecord> records) {
    records.add(record(row, of, row.key, event(row, of, "d", row.key), headers));
    records.add(record(row, of, row.key, null, headers));
  }

  private SourceRecord record(
      Row row, Schemas of, int key, @Nullable Struct value, Iterable<Header> headers) {
    return new SourceRecord(
        Map.of("server", connector),
        Map.of("file", "binlog.000001", "pos", row.place),
        topic(row.table),
        null,
        of.key,
        key(of, key),
        value == null ? null : of.envelope,
        value,
        null,
        headers);
  }

  private static Struct key(Schemas of, int key) {
    return new Struct(of.key).put("id", key);
  }

  private static Struct event(Row row, Schemas of, String op, int key) {
    Struct columns = new Struct(of.row).put("id", key).put("place", row.place);
    for (int i = 0; i < row.shape; i++) {
      columns.put("c" + i, "v" + row.place);
    }
    Struct source = new Struct(SOURCE).put("db", "shop").put("table", row.table);
    return new Struct(of.envelope)
        .put(op.equals("d") ? "before" : "after", columns)
        .put("source", source)
        .put("op", op);
  }

  /** Every record of each key, by topic and key, as {@link #describe} says them. */
  public Map<String, List<String>> recordsByKey() {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (SourceRecord item : recordsAfter(0)) {
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
