package dev.lockstep.apply.write;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.quarantine.DeadLetter;
import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.common.event.EventHead;
import dev.lockstep.common.event.MalformedEventException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes blocks of a topic's records, one after the other. For one thread at a time. */
public final class TopicEncoder {
  private final String topic;
  private final TableWriter writer;
  private final long mostRows;
  private final long mostBytes;
  private final Map<Long, List<Route>> routes = new HashMap<>();
  private final Map<Long, Long> resets = new HashMap<>();
  private final EventHead head = new EventHead();
  private Block block;
  private Mappings mappings = Mappings.NONE;
  private boolean begun;
  private int tableCount;
  private @Nullable TableRows first;

  /**
   * For a topic.
   *
   * @param mostRows how many rows make a block full
   * @param mostBytes how many bytes do
   */
  public TopicEncoder(String topic, TableWriter writer, long mostRows, long mostBytes) {
    this.topic = topic;
    this.writer = writer;
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
    this.block = new Block(topic);
  }

  /**
   * Takes records into the block until it is full.
   *
   * @param from the first record to take
   * @param polledNanos when they were polled, by {@link System#nanoTime}
   * @return the index behind the last record that was taken
   * @throws ApplyFault when a record can't be taken now and none behind it may be; those before it
   *     are in the block
   */
  public int take(List<ConsumerRecord<byte[], byte[]>> records, int from, long polledNanos) {
    try {
      begin(polledNanos);
      int at = from;
      while (at < records.size() && !isFull()) {
        take(records.get(at));
        at++;
      }
      return at;
    } finally {
      if (block.isEmpty()) {
        // By the next time, mappings and resets may be others.
        seal();
      }
    }
  }

  /** One block is made by one state of mappings and resets. */
  private void begin(long polledNanos) {
    if (begun) {
      return;
    }
    Mappings now = writer.mappings(topic, polledNanos);
    if (now != mappings) {
      routes.clear();
      mappings = now;
    }
    resets.clear();
    begun = true;
  }

  /** Whether the block is to be written before more is taken. */
  public boolean isFull() {
    TableRows only = tableCount == 1 ? first : null;
    if (only != null) {
      return only.rows() >= mostRows || only.bytes() + block.letterBytes() >= mostBytes;
    }
    return block.rows() >= mostRows || block.bytes() >= mostBytes;
  }

  /** What was taken so far. */
  public Block block() {
    return block;
  }

  /** The block, which is not added to any more; the next begins. */
  public Block seal() {
    Block sealed = block;
    sealed.tables().forEach(TableRows::seal);
    block = new Block(topic);
    begun = false;
    tableCount = 0;
    first = null;
    return sealed;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    try {
      if (value == null || !head.read(record.headers())) {
        tally(record).drop(record.offset());
        return;
      }
      boolean isVoid = head.version() < resetBefore(head.schemaId());
      if (isVoid && !writer.keepsVoid(topic, head.schemaId(), mappings)) {
        tally(record).drop(record.offset());
        return;
      }
      add(record, value, isVoid);
    } catch (RecordFault e) {
      quarantine(DeadLetter.of(record, e));
    } catch (MalformedEventException e) {
      quarantine(DeadLetter.of(record, e));
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record, byte[] value, boolean isVoid) {
    List<TableRows> tables = tables(head.schemaId());
    int partition = block.partition(record.partition());
    @Nullable TableRows counted = null;
    @Nullable RecordFault refused = null;
    for (TableRows table : tables) {
      if (isVoid && !table.route().keepsVoid()) {
        continue;
      }
      try {
        // The rows of the first table that takes it are those that are counted.
        boolean first = counted == null;
        boolean row = table.add(record, value, head, partition, first) == TableRows.Outcome.ROW;
        counted = first && row ? table : counted;
      } catch (RecordFault e) {
        refused = e;
      }
      if (table.supersededPartition() != RowEntries.NOBODY) {
        block.tally(table.supersededPartition()).supersede();
      }
    }
    count(record, counted, head.version(), refused, block.tally(partition));
  }

  private void count(
      ConsumerRecord<byte[], byte[]> record,
      @Nullable TableRows counted,
      long version,
      @Nullable RecordFault refused,
      Tally tally) {
    if (refused != null) {
      if (counted != null) {
        counted.discountLast();
      }
      throw refused;
    }
    if (counted == null) {
      tally.drop(record.offset());
      return;
    }
    tally.row(record.offset(), version, counted.sourceMicros());
    if (!counted.isSnapshotRead()) {
      // When a row that a snapshot read was committed is not known.
      block.committedInSource(counted.sourceMicros());
    }
  }

  /** Rows that are void need no table that takes them. */
  private long resetBefore(long schemaId) {
    Long known = resets.get(schemaId);
    if (known == null) {
      known = writer.resetBefore(topic, schemaId);
      resets.put(schemaId, known);
    }
    return known;
  }

  private List<TableRows> tables(long schemaId) {
    List<TableRows> known = block.rowsBySchema().get(schemaId);
    if (known != null) {
      return known;
    }
    List<Route> ways = routes.get(schemaId);
    if (ways == null) {
      ways = writer.routes(topic, schemaId, mappings);
      routes.put(schemaId, ways);
    }
    List<TableRows> opened = ways.stream().map(TableRows::new).toList();
    block.rowsBySchema().put(schemaId, opened);
    if (tableCount == 0 && !opened.isEmpty()) {
      first = opened.getFirst();
    }
    tableCount += opened.size();
    return opened;
  }

  private void quarantine(DeadLetter letter) {
    writer.checkCap(block, letter);
    block.quarantine(letter);
    tally(letter.origin()).quarantine(letter.origin().offset());
  }

  private Tally tally(ConsumerRecord<byte[], byte[]> record) {
    return block.tally(block.partition(record.partition()));
  }
}
