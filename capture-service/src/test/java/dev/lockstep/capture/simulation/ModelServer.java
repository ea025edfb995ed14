package dev.lockstep.capture.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * One server of a topology, and Debezium's stream from it. Transactions are the same on all
 * servers; the events that they are made of, and where they lie, are the server's own.
 *
 * <p>An offset is what Debezium's {@code BinlogOffsetContext} makes of it: where the transaction
 * under way begins, how many events of it are done (its begin and a map of the table before each
 * event of rows count), and how many rows of the next.
 */
public final class ModelServer {
  private static final String NO_ROWS_YET = "source:1-100";
  private static final Schema HEARTBEAT_KEY =
      SchemaBuilder.struct().field("serverName", Schema.STRING_SCHEMA).build();
  private static final Schema HEARTBEAT =
      SchemaBuilder.struct().name("Heartbeat").field("ts_ms", Schema.INT64_SCHEMA).build();

  private final String uuid;
  private final ModelBinlog binlog;
  private final boolean hasGtids;
  private final List<Transaction> transactions = new ArrayList<>();

  /**
   * A transaction as it is here.
   *
   * @param number from 1
   * @param position where it begins
   * @param place the rows before it
   * @param events the rows of each event; an event of a table that is not captured has none
   */
  private record Transaction(int number, long position, int place, List<Integer> events) {
    int rows() {
      return events.stream().mapToInt(Integer::intValue).sum();
    }

    String gtid() {
      return "source:" + (100 + number);
    }

    long end() {
      return position + 1_000;
    }
  }

  /** A server with the transactions of this binlog, in random events. */
  public ModelServer(String uuid, ModelBinlog binlog, boolean hasGtids, Random dice) {
    this.uuid = uuid;
    this.binlog = binlog;
    this.hasGtids = hasGtids;
    long position = 4 + dice.nextInt(500);
    int place = 0;
    for (int rows : binlog.transactions()) {
      var one = new Transaction(transactions.size() + 1, position, place, events(rows, dice));
      transactions.add(one);
      position = one.end();
      place += rows;
    }
  }

  private static List<Integer> events(int rows, Random dice) {
    List<Integer> events = new ArrayList<>();
    for (int left = rows; left > 0; ) {
      int size = dice.nextInt(Math.min(left, 3) + 1);
      events.add(size);
      left -= size;
    }
    return events;
  }

  /** The server's own id. */
  public String uuid() {
    return uuid;
  }

  private int transactionOf(Map<String, ?> offset) {
    if (offset.isEmpty()) {
      return 0;
    }
    if (hasGtids) {
      String done = String.valueOf(offset.get("gtids"));
      return Integer.parseInt(done.substring(done.indexOf('-') + 1)) - 100;
    }
    long position = number(offset, "pos");
    return (int) transactions.stream().filter(one -> one.position() < position).count();
  }

  /** How many rows lie before an offset. */
  public int placeOf(Map<String, ?> offset) {
    int number = transactionOf(offset);
    if (number == transactions.size()) {
      return binlog.length();
    }
    Transaction at = transactions.get(number);
    int whole = (int) Math.max(0, number(offset, "event") - 1) / 2;
    int rows = at.events().subList(0, whole).stream().mapToInt(Integer::intValue).sum();
    return at.place() + rows + (int) number(offset, "row");
  }

  private static long number(Map<String, ?> offset, String key) {
    return offset.get(key) instanceof Number number ? number.longValue() : 0;
  }

  /** What a run of the connector captures that begins at an offset; an empty one is the begin. */
  public List<SourceRecord> recordsFrom(Map<String, ?> offset, Random dice) {
    var stream = new Stream(binlog.reader(), dice.nextBoolean() ? 0.3 : 0, dice);
    int first = transactionOf(offset);
    for (Transaction of : transactions.subList(first, transactions.size())) {
      boolean resumed = of.number() == first + 1;
      stream.transaction(
          of, resumed ? number(offset, "event") : 0, resumed ? (int) number(offset, "row") : 0);
    }
    return stream.records;
  }

  /** One run's. */
  private final class Stream {
    private final List<SourceRecord> records = new ArrayList<>();
    private final ModelBinlog.Reader rows;
    private final double heartbeats;
    private final Random dice;

    Stream(ModelBinlog.Reader rows, double heartbeats, Random dice) {
      this.rows = rows;
      this.heartbeats = heartbeats;
      this.dice = dice;
    }

    void transaction(Transaction of, long eventsToSkip, int rowsToSkip) {
      heartbeat(offset(of, 0, 0));
      long events = 1;
      int place = of.place();
      int skip = rowsToSkip;
      for (int size : of.events()) {
        heartbeat(offset(of, events, 0));
        events++;
        if (events >= eventsToSkip) {
          for (int row = skip; row < size; row++) {
            rows.read(place + row, of.gtid(), offset(of, events, row + 1), hasGtids, records);
          }
          skip = 0;
        }
        heartbeat(offset(of, events, 0));
        events++;
        place += size;
      }
      heartbeat(behind(of));
    }

    private void heartbeat(Map<String, Object> offset) {
      if (dice.nextDouble() < heartbeats) {
        records.add(
            new SourceRecord(
                binlog.partition(),
                offset,
                binlog.heartbeats(),
                HEARTBEAT_KEY,
                new Struct(HEARTBEAT_KEY).put("serverName", uuid),
                HEARTBEAT,
                new Struct(HEARTBEAT).put("ts_ms", 0L)));
      }
    }
  }

  private Map<String, Object> offset(Transaction of, long events, int rows) {
    Map<String, Object> offset = at(of.position(), of.number() - 1);
    if (events > 0) {
      offset.put("event", events);
    }
    if (rows > 0) {
      offset.put("row", rows);
    }
    return offset;
  }

  private Map<String, Object> behind(Transaction of) {
    return at(of.end(), of.number());
  }

  private Map<String, Object> at(long position, int done) {
    Map<String, Object> offset = new HashMap<>();
    offset.put("file", "binlog.000001");
    offset.put("pos", position);
    if (hasGtids) {
      offset.put("gtids", done == 0 ? NO_ROWS_YET : "source:1-" + (100 + done));
    }
    return offset;
  }

  /** The transactions' rows, for {@link ModelBinlog}. */
  static List<Integer> randomSizes(int rows, Random dice) {
    List<Integer> sizes = new ArrayList<>();
    int most = IntStream.of(1, 4, 12).toArray()[dice.nextInt(3)];
    for (int left = rows; left > 0; ) {
      int size = 1 + dice.nextInt(Math.min(left, most));
      sizes.add(size);
      left -= size;
    }
    return sizes;
  }
}
