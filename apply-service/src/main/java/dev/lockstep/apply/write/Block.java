package dev.lockstep.apply.write;

import dev.lockstep.apply.commit.Tally;
import dev.lockstep.apply.quarantine.DeadLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What is written and committed together: rows and dead letters of one topic, and what became of
 * each partition's records. One thread fills it, then another writes it.
 */
public final class Block {
  private final String topic;
  private final Map<Long, List<TableRows>> rowsBySchema = new LinkedHashMap<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();
  private long letterBytes;
  private long oldestSourceMicros = Long.MAX_VALUE;

  /** Empty. */
  Block(String topic) {
    this.topic = topic;
  }

  String topic() {
    return topic;
  }

  /** How many records something became of. */
  long records() {
    long records = 0;
    for (Tally tally : tallies) {
      records += tally.records();
    }
    return records;
  }

  Map<Long, List<TableRows>> rowsBySchema() {
    return rowsBySchema;
  }

  /** The rows for each table. */
  Collection<TableRows> tables() {
    return rowsBySchema.values().stream().flatMap(List::stream).toList();
  }

  List<DeadLetter> letters() {
    return letters;
  }

  /** The memory that the dead letters take, in bytes. */
  long letterBytes() {
    return letterBytes;
  }

  void quarantine(DeadLetter letter) {
    letters.add(letter);
    letterBytes += letter.origin().serializedValueSize();
  }

  boolean hasLetter(TopicPartition partition, long offset) {
    return letters.stream()
        .map(DeadLetter::origin)
        .anyMatch(
            origin -> origin.partition() == partition.partition() && origin.offset() == offset);
  }

  /** The number of a partition in this block. */
  int partition(int ofTopic) {
    for (int i = 0; i < partitions.size(); i++) {
      if (partitions.get(i).partition() == ofTopic) {
        return i;
      }
    }
    partitions.add(new TopicPartition(topic, ofTopic));
    tallies.add(new Tally());
    return partitions.size() - 1;
  }

  Tally tally(int partition) {
    return tallies.get(partition);
  }

  TopicPartition topicPartition(int partition) {
    return partitions.get(partition);
  }

  /** One of its changes was committed in the source then, in microseconds, or 0. */
  void committedInSource(long micros) {
    if (micros != 0) {
      oldestSourceMicros = Math.min(oldestSourceMicros, micros);
    }
  }

  /** When the oldest of its changes was committed in the source, in microseconds, or 0. */
  long oldestSourceMicros() {
    return oldestSourceMicros == Long.MAX_VALUE ? 0 : oldestSourceMicros;
  }

  /** What became of the records of each partition. */
  public Map<TopicPartition, Tally> tallies() {
    Map<TopicPartition, Tally> all = new LinkedHashMap<>();
    for (int i = 0; i < partitions.size(); i++) {
      all.put(partitions.get(i), tallies.get(i));
    }
    return all;
  }

  /** Whether nothing became of any record. */
  public boolean isEmpty() {
    return records() == 0;
  }

  /** How many rows are to be inserted. */
  public int rows() {
    int rows = 0;
    for (List<TableRows> tables : rowsBySchema.values()) {
      for (TableRows table : tables) {
        rows += table.rows();
      }
    }
    return rows;
  }

  /** The memory that rows and dead letters take, in bytes. */
  public long bytes() {
    long bytes = letterBytes;
    for (List<TableRows> tables : rowsBySchema.values()) {
      for (TableRows table : tables) {
        bytes += table.bytes();
      }
    }
    return bytes;
  }
}
