package dev.lockstep.apply.write;

import dev.lockstep.apply.clickhouse.ClickHouse;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.meters.ApplyMeters;
import dev.lockstep.apply.meters.TableMeters;
import dev.lockstep.apply.parts.TargetParts;
import dev.lockstep.apply.quarantine.DeadLetter;
import dev.lockstep.apply.quarantine.QuarantineCap;
import dev.lockstep.apply.quarantine.RecordSource;
import dev.lockstep.apply.types.RowBuffer;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts the rows of a block. When the target refuses them for what stands in one of them, they
 * are halved until that one is alone: it becomes a dead letter, and the others go in.
 */
public final class Inserts {
  private static final Logger log = LoggerFactory.getLogger(Inserts.class);

  private static final int FIRST_CAPACITY = 1024;

  private final ClickHouse clickHouse;
  private final RecordSource records;
  private final ApplyMeters meters;
  private final TargetParts parts;
  private final QuarantineCap cap;

  /** Over these. */
  public Inserts(
      ClickHouse clickHouse,
      RecordSource records,
      QuarantineCap cap,
      ApplyMeters meters,
      TargetParts parts) {
    this.clickHouse = clickHouse;
    this.records = records;
    this.meters = meters;
    this.parts = parts;
    this.cap = cap;
  }

  /**
   * When it returns, all rows are visible or among the block's dead letters.
   *
   * @throws ApplyFault when they are not
   */
  void insert(Block block, TableRows rows) {
    parts.written(block.topic(), rows.route().table().insertTarget().name());
    TableMeters table = meters.of(block.topic());
    table.insert(() -> insert(block, rows, 0, rows.entries().size()));
    table.rows(rows.rows());
  }

  private void insert(Block block, TableRows rows, int from, int to) {
    RowEntries entries = rows.entries();
    int count = entries.rows(from, to);
    if (count == 0) {
      return;
    }
    try {
      long written =
          clickHouse.insert(
              rows.route().table().insertTarget(), out -> entries.writeTo(out, from, to), count);
      checkWritten(rows, count, written);
    } catch (RecordFault e) {
      if (to - from == 1) {
        refuse(block, rows, from, e);
      } else {
        int middle = (from + to) >>> 1;
        insert(block, rows, from, middle);
        insert(block, rows, middle, to);
      }
    }
  }

  /** A materialized view may write more; fewer means that rows are lost. */
  private static void checkWritten(TableRows rows, int sent, long written) {
    if (written < sent) {
      throw new TableFault(
          "Accounting: %d rows were sent to %s and ClickHouse says that it wrote %d. Look at its log; they are sent again"
              .formatted(sent, rows.route().table().displayName(), written));
    }
  }

  private void refuse(Block block, TableRows rows, int entry, RecordFault fault) {
    RowEntries entries = rows.entries();
    long offset = entries.offset(entry);
    if (entries.partition(entry) == RowEntries.NOBODY) {
      tellThatItStays(rows, offset);
      entries.remove(entry);
      return;
    }
    TopicPartition partition = block.topicPartition(entries.partition(entry));
    // Another table may have refused the same record.
    boolean known = block.hasLetter(partition, offset);
    if (!known) {
      cap.check(block.topic(), block.records(), block.letters().size() + 1, fault.problem());
    }
    ConsumerRecord<byte[], byte[]> record = records.read(partition, offset);
    removeOlder(rows, record);
    if (!known) {
      block.quarantine(DeadLetter.of(record, fault));
      block.tally(entries.partition(entry)).quarantineRow();
    }
    entries.remove(entry);
  }

  /** Older rows of its key may have given way to it, so that the target may have any of them. */
  private void removeOlder(TableRows rows, ConsumerRecord<byte[], byte[]> record) {
    Route route = rows.route();
    var encoder = route.table().newEncoder();
    var removal = new RowBuffer(FIRST_CAPACITY);
    encoder.encodeRemovalOfRefused(
        record.value(),
        ZeroDates.read(record.headers()),
        Undecodable.read(record.headers()),
        EventHeaders.read(record.headers(), EventHeaders.VERSION),
        removal);
    int count = encoder.rowsWritten();
    if (count == 0) {
      return;
    }
    try {
      clickHouse.insert(route.table().insertTarget(), removal::writeTo, count);
    } catch (RecordFault e) {
      log.atDebug().setCause(e).log("The removal is refused too");
      tellThatItStays(rows, record.offset());
    }
  }

  private static void tellThatItStays(TableRows rows, long offset) {
    log.atWarn()
        .addKeyValue("table", rows.route().table().displayName())
        .addKeyValue("offset", offset)
        .log(
            "The target refuses what would remove the older state of a quarantined row, which stays");
  }
}
