package dev.lockstep.capture.publish;

import dev.lockstep.capture.encode.ConnectJson;
import dev.lockstep.capture.resets.SnapshotResets;
import dev.lockstep.capture.schemas.SchemaTracker;
import dev.lockstep.capture.transforms.EventFormat;
import dev.lockstep.capture.transforms.Outgoing;
import dev.lockstep.capture.transforms.TransformException;
import dev.lockstep.capture.transforms.Transforms;
import dev.lockstep.common.clock.HybridClock;
import dev.lockstep.common.control.TableReset;
import dev.lockstep.common.event.EventHeaders;
import dev.lockstep.common.event.Undecodable;
import dev.lockstep.common.event.ZeroDates;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.kafka.KafkaClients;
import dev.lockstep.common.kafka.KafkaSettings;
import dev.lockstep.common.kafka.NativeCompression;
import dev.lockstep.common.kafka.TopicNames;
import dev.lockstep.common.schema.TableSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes batches of one connector, each in one Kafka transaction with its new schemas, its
 * resets and the source offset of its last record: either all of it is visible to {@code
 * read_committed}, or nothing. The {@code transactional.id} is the connector's, so a later
 * publisher of the same connector fences this one.
 *
 * <p>Not thread-safe. After a {@link PublishException} it must be closed, and its successor begins
 * from the committed offset.
 */
public final class TransactionalPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TransactionalPublisher.class);

  /**
   * After this a broker aborts what a dead publisher left open; a batch takes a small part of it.
   */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String connector;
  private final TopicNames topics;
  private final Producer<byte[], byte[]> producer;
  private final ConnectJson json = new ConnectJson();

  /**
   * What a publisher goes on from, read after it has fenced its predecessor.
   *
   * @param published how far the source is published
   * @param rows what is published of the transaction there
   * @param server the id of the source (SourcePlace), kept with each offset; null when not known
   */
  public record Place(
      HybridClock clock,
      SchemaTracker schemas,
      DataTopics dataTopics,
      SnapshotResets resets,
      Transforms transforms,
      PublishedPlace published,
      PublishedRows rows,
      @Nullable String server) {
    /**
     * What of a batch is to be published; empty while nothing of it may be committed yet. What is
     * left out counts as published where it lies in this source.
     */
    public List<SourceRecord> unpublished(List<SourceRecord> batch) {
      return rows.unpublished(batch, item -> published.advanceTo(item.sourceOffset()));
    }

    /**
     * The same place, in a source with this id.
     *
     * @param begin where the run begins there; null for a source that was not read before
     */
    public Place in(@Nullable String source, @Nullable SourceOffset begin) {
      return new Place(
          clock,
          schemas,
          dataTopics,
          resets,
          transforms,
          new PublishedPlace(begin),
          new PublishedRows(begin),
          source);
    }
  }

  /**
   * Fences every earlier publisher of the connector; whatever they left open is aborted when this
   * returns.
   *
   * @throws PublishException when Kafka does not let it begin
   */
  public TransactionalPublisher(String connector, KafkaSettings settings, KafkaClients clients) {
    this.connector = connector;
    this.topics = settings.topics();
    NativeCompression.load();
    this.producer = clients.producer(properties(connector, settings));
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(CLOSE_LIMIT);
      throw new PublishException("Can't begin transactions in Kafka: " + e.getMessage(), e);
    }
  }

  static String transactionalId(String connector, KafkaSettings settings) {
    return settings.topicPrefix() + "-capture-" + connector;
  }

  private static Map<String, Object> properties(String connector, KafkaSettings settings) {
    Map<String, Object> properties = settings.clientProperties();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(connector, settings));
    properties.put(
        ProducerConfig.CLIENT_ID_CONFIG, settings.topicPrefix() + "-capture-" + connector);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 25_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 25_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 48L * 1024 * 1024);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicCreation.MAX_RECORD_BYTES);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  /**
   * Publishes a batch and commits it.
   *
   * @param batch Debezium's records, in the source's order; at least one
   * @return how long the transaction took, from its begin until its commit
   * @throws PublishException when it is not known to be committed
   * @throws TransformException when a transform fails
   */
  public Duration publish(List<SourceRecord> batch, Place place) throws InterruptedException {
    List<Outgoing> outgoing = place.transforms().apply(batch);
    place.dataTopics().ensure(topics(outgoing));
    place.dataTopics().requirePartitions(outgoing);
    long began = System.nanoTime();
    try {
      producer.beginTransaction();
      for (Outgoing each : outgoing) {
        send(each, place);
      }
      sendOffset(batch, place);
      producer.commitTransaction();
      return Duration.ofNanos(System.nanoTime() - began);
    } catch (TransformException e) {
      abort();
      throw e;
    } catch (KafkaException e) {
      abort();
      throw new PublishException("Can't publish to Kafka: " + e.getMessage(), e);
    }
  }

  private static Set<String> topics(List<Outgoing> outgoing) {
    Set<String> topics = new HashSet<>();
    for (Outgoing each : outgoing) {
      if (!SnapshotResets.isMarker(each.item())) {
        topics.add(each.item().topic());
      }
    }
    return topics;
  }

  private void send(Outgoing outgoing, Place place) {
    switch (outgoing) {
      case Outgoing.Row row -> sendRow(row, place);
      case Outgoing.Event event -> sendEvent(event.item(), place);
      case Outgoing.Other other -> sendOther(other.item(), place);
    }
  }

  private void sendOther(SourceRecord item, Place place) {
    Optional<TableReset> reset = place.resets().resetAt(item, place.clock()::next);
    if (reset.isPresent()) {
      sendReset(reset.get());
    } else {
      Headers headers = headers(item, place.clock().next(), place);
      send(item, json.encode(item.keySchema(), item.key()), value(item), headers);
    }
  }

  private void sendEvent(SourceRecord item, Place place) {
    Headers headers = headers(item, place.clock().next(), place);
    EventFormat format = place.transforms().format();
    send(item, format.key(item, headers), format.value(item, headers), headers);
  }

  private void sendRow(Outgoing.Row row, Place place) {
    SourceRecord item = row.item();
    long version = place.clock().next();
    Headers headers = headers(item, version, place);
    SchemaTracker.Use use = place.schemas().schemaOf(item, row.key(), version);
    if (use.isNew()) {
      sendSchema(use.schema());
    }
    headers.add(EventHeaders.SCHEMA, EventHeaders.encode(use.schema().id()));
    byte[] key = json.encode(item.keySchema(), item.key());
    byte[] value = value(item);
    ZeroDates zeroDates = json.zeroDates();
    if (!zeroDates.isEmpty()) {
      headers.add(EventHeaders.ZERO_DATES, zeroDates.encode());
    }
    Undecodable undecodable = json.undecodable();
    if (!undecodable.isEmpty()) {
      headers.add(EventHeaders.UNDECODABLE, undecodable.encode());
    }
    send(item, key, value, headers);
  }

  private byte @Nullable [] value(SourceRecord item) {
    return json.encode(item.valueSchema(), item.value());
  }

  private static Headers headers(SourceRecord item, long version, Place place) {
    var headers = new RecordHeaders();
    place.transforms().addHeaders(item, headers);
    headers.add(EventHeaders.VERSION, EventHeaders.encode(version));
    return headers;
  }

  private void send(
      SourceRecord item, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    Long timestamp = item.timestamp() == null || item.timestamp() < 0 ? null : item.timestamp();
    send(new ProducerRecord<>(item.topic(), item.kafkaPartition(), timestamp, key, value, headers));
  }

  /** A send that fails fails the commit, so nobody waits for the single ones. */
  private void send(ProducerRecord<byte[], byte @Nullable []> out) {
    Future<RecordMetadata> _ = producer.send(out);
  }

  private void sendSchema(TableSchema schema) {
    send(
        new ProducerRecord<>(
            topics.schemas(), ControlCodec.key(schema.recordKey()), ControlCodec.encode(schema)));
  }

  private void sendReset(TableReset reset) {
    send(
        new ProducerRecord<>(
            topics.resets(), ControlCodec.key(reset.recordKey()), ControlCodec.encode(reset)));
  }

  private void sendOffset(List<SourceRecord> batch, Place place) {
    Map<String, Object> partition = new HashMap<>(batch.getLast().sourcePartition());
    Map<String, Object> offset = place.published().advanceOver(batch);
    var value =
        new SourceOffset(
            partition, offset, place.clock().last(), place.server(), place.rows().part(offset));
    send(
        new ProducerRecord<>(
            topics.offsets(), ControlCodec.key(connector), ControlCodec.encode(value)));
  }

  private void abort() {
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      // The successor's initTransactions, or the transaction's timeout, aborts it in our place.
      log.atWarn()
          .addKeyValue("connector", connector)
          .log("The transaction could not be aborted: {}", e.getMessage());
    }
  }

  /** Lets the producer go; an open transaction is aborted. */
  @Override
  public void close() {
    producer.close(CLOSE_LIMIT);
  }
}
