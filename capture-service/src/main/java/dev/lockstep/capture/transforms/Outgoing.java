package dev.lockstep.capture.transforms;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** A record on its way to Kafka, after the connector's transforms. */
public sealed interface Outgoing {
  /** The record as it is published. */
  SourceRecord item();

  /**
   * A row's change in Debezium's envelope: apply-service mirrors it.
   *
   * @param item the record
   * @param key the schema of the key that Debezium gave it: transforms may add to the key what is
   *     no column
   */
  record Row(SourceRecord item, @Nullable Schema key) implements Outgoing {}

  /**
   * What transforms have made of a row's change or of its tombstone, and that has no envelope any
   * more: an event for other consumers, in which apply-service has no part.
   *
   * @param item the record
   */
  record Event(SourceRecord item) implements Outgoing {}

  /**
   * A tombstone of a row, or what Debezium says beside the rows: heartbeats, schema changes,
   * borders of transactions.
   *
   * @param item the record
   */
  record Other(SourceRecord item) implements Outgoing {}
}
