package dev.lockstep.apply.write;

import dev.lockstep.apply.commit.Offsets;
import dev.lockstep.apply.commit.Progress;
import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.apply.errors.TableFault;
import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import dev.lockstep.apply.quarantine.DeadLetter;
import dev.lockstep.apply.schemas.Mappings;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.event.MalformedEventException;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One topic's records of one poll on their way into the target. */
final class TopicBatch {
  private final String topic;
  private final long polledNanos;
  private final TableWriter writer;
  private final Offsets offsets;
  private final long maxInsertBytes;
  private final InstantSource clock;
  private final Map<Long, List<TableRows>> rowsBySchema = new HashMap<>();
  private final Map<Long, Long> resetBySchema = new HashMap<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final Map<TopicPartition, Tally> tallies = new HashMap<>();
  private final Map<TopicPartition, Long> unapplied = new HashMap<>();
  private @Nullable Mappings mappings;
  private long waitingBytes;
  private boolean writing;

  TopicBatch(
      String topic,
      long polledNanos,
      TableWriter writer,
      Offsets offsets,
      long maxInsertBytes,
      InstantSource clock) {
    this.topic = topic;
    this.polledNanos = polledNanos;
    this.writer = writer;
    this.offsets = offsets;
    this.maxInsertBytes = maxInsertBytes;
    this.clock = clock;
  }

  /** Applies them in order; progress is told for all that the outcome does not name. */
  TopicOutcome apply(List<ConsumerRecord<byte[], byte[]>> records) {
    records.forEach(r -> unapplied.putIfAbsent(partition(r), r.offset()));
    @Nullable ApplyFault fault = null;
    try {
      takeAll(records);
    } catch (TransientFault | TableFault e) {
      fault = e;
    } catch (RuntimeException e) {
      fault = bug(e);
    }
    // What came before the fault is applied all the same, unless the fault was in writing it.
    ApplyFault settleFault = writing ? null : settleSafely();
    ApplyFault first = fault == null ? settleFault : fault;
    return first == null ? new TopicOutcome.Applied() : new TopicOutcome.Halted(first, unapplied);
  }

  private @Nullable ApplyFault settleSafely() {
    try {
      settle();
      return null;
    } catch (ApplyFault e) {
      return e;
    } catch (RuntimeException e) {
      return bug(e);
    }
  }

  static TableFault bug(RuntimeException e) {
    return new TableFault("A bug in apply-service stopped this table, please report it: " + e, e);
  }

  private void takeAll(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      take(record, tally(record));
      if (waitingBytes > maxInsertBytes) {
        settle();
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Tally tally) {
    byte[] value = record.value();
    if (value == null || EventHeaders.isOfNoRow(record.headers())) {
      tally.drop(record.offset());
      return;
    }
    try {
      long version = EventHeaders.read(record.headers(), EventHeaders.VERSION);
      long schemaId = EventHeaders.read(record.headers(), EventHeaders.SCHEMA);
      if (version < resetBefore(schemaId)) {
        tally.drop(record.offset());
        return;
      }
      List<TableRows> tables = rows(schemaId);
      if (add(record, value, tables, version)) {
        tally.row(record.offset(), version, tables.getFirst().sourceMicros());
      } else {
        tally.drop(record.offset());
      }
    } catch (RecordFault e) {
      quarantine(DeadLetter.of(record, e), tally);
    } catch (MalformedEventException e) {
      quarantine(DeadLetter.of(record, e), tally);
    }
  }

  /** A fault of one table does not keep the others from their rows. */
  private boolean add(
      ConsumerRecord<byte[], byte[]> record, byte[] value, List<TableRows> tables, long version) {
    ZeroDates zeroDates = ZeroDates.read(record.headers());
    Undecodable undecodable = Undecodable.read(record.headers());
    boolean added = false;
    @Nullable RecordFault fault = null;
    for (TableRows rows : tables) {
      int before = rows.buffer().size();
      try {
        added |= rows.add(value, zeroDates, undecodable, version);
      } catch (RecordFault e) {
        fault = fault == null ? e : fault;
      } finally {
        waitingBytes += rows.buffer().size() - before;
      }
    }
    if (fault != null) {
      throw fault;
    }
    return added;
  }

  /** Rows that are void need no table that takes them. */
  private long resetBefore(long schemaId) {
    return resetBySchema.computeIfAbsent(schemaId, id -> writer.resetBefore(topic, id));
  }

  private List<TableRows> rows(long schemaId) {
    List<TableRows> known = rowsBySchema.get(schemaId);
    if (known != null) {
      return known;
    }
    List<TableRows> opened = writer.open(topic, schemaId, mappings(), offsets.rowsApplied(topic));
    rowsBySchema.put(schemaId, opened);
    return opened;
  }

  /** One batch is written by one state of the mappings. */
  private Mappings mappings() {
    Mappings known = mappings;
    if (known == null) {
      known = writer.mappings(topic, polledNanos);
      mappings = known;
    }
    return known;
  }

  private void quarantine(DeadLetter letter, Tally tally) {
    letters.add(letter);
    waitingBytes += letter.origin().serializedValueSize();
    tally.quarantine(letter.origin().offset());
  }

  /** Only here does progress move: once everything that it counts has been written. */
  private void settle() {
    writing = true;
    writer.write(rowsBySchema.values().stream().flatMap(List::stream).toList(), letters);
    writing = false;
    letters.clear();
    waitingBytes = 0;
    tallies.forEach(
        (partition, tally) -> {
          Progress progress = tally.settle(clock.millis());
          offsets.advance(partition, progress);
          unapplied.put(partition, progress.nextOffset());
        });
  }

  private Tally tally(ConsumerRecord<byte[], byte[]> first) {
    return tallies.computeIfAbsent(
        partition(first),
        p -> {
          Progress progress = offsets.of(p);
          if (progress == null) {
            throw new TransientFault(
                Reach.TABLE, "The committed offset of " + p + " is not read yet");
          }
          return new Tally(progress.at(first.offset()));
        });
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
