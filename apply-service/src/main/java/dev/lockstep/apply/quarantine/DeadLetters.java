package dev.lockstep.apply.quarantine;

import dev.lockstep.apply.errors.TransientFault;
import dev.lockstep.apply.errors.TransientFault.Reach;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the dead letters topic. Key, value and headers are the record's own; the headers named
 * here are added, their values text.
 */
public final class DeadLetters {
  /** The data topic it came from. */
  public static final String TOPIC = "lockstep.topic";

  /** The partition of that topic. */
  public static final String PARTITION = "lockstep.partition";

  /** Its offset there. */
  public static final String OFFSET = "lockstep.offset";

  /** Why it can't be applied, with the column and the value. */
  public static final String ERROR = "lockstep.error";

  /** The column at fault; absent when it is the record as a whole. */
  public static final String COLUMN = "lockstep.error.column";

  /** The Java class of the error's root. */
  public static final String CLASS = "lockstep.error.class";

  /** The stack of the error, as Java prints it, of which the first 4,000 characters. */
  public static final String STACK = "lockstep.error.stack";

  private static final int LONGEST_STACK = 4_000;

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final long LIMIT_SECONDS = 40;

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  /** Into this topic, with a producer that waits for all replicas. */
  public DeadLetters(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Writes them; when it returns, Kafka has them.
   *
   * @throws TransientFault when Kafka does not take them now
   */
  public void write(List<DeadLetter> letters) {
    try {
      List<Future<RecordMetadata>> sent = letters.stream().map(this::send).toList();
      for (Future<RecordMetadata> future : sent) {
        future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new TransientFault(Reach.TABLE, "The dead letters can't be written: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFault(Reach.TABLE, "Interrupted while writing dead letters", e);
    }
    letters.forEach(DeadLetters::tell);
    warn(letters);
  }

  private static void warn(List<DeadLetter> letters) {
    if (!letters.isEmpty()) {
      log.atWarn()
          .addKeyValue("topic", letters.getFirst().origin().topic())
          .addKeyValue("records", letters.size())
          .addKeyValue("firstReason", letters.getFirst().problem())
          .log("Quarantined records that can never be applied; the dead letters topic holds them");
    }
  }

  private Future<RecordMetadata> send(DeadLetter letter) {
    ConsumerRecord<byte[], byte[]> origin = letter.origin();
    var record = new ProducerRecord<byte[], byte[]>(topic, origin.key(), origin.value());
    Headers headers = record.headers();
    origin.headers().forEach(headers::add);
    add(headers, TOPIC, origin.topic());
    add(headers, PARTITION, Integer.toString(origin.partition()));
    add(headers, OFFSET, Long.toString(origin.offset()));
    add(headers, ERROR, String.valueOf(letter.cause().getMessage()));
    add(headers, CLASS, rootClass(letter.cause()));
    add(headers, STACK, stack(letter.cause()));
    if (!letter.column().isEmpty()) {
      add(headers, COLUMN, letter.column());
    }
    return producer.send(record);
  }

  /** The record that a dead letter was; empty where its headers don't tell. */
  public static Optional<ConsumerRecord<byte[], byte[]>> origin(
      ConsumerRecord<byte[], byte[]> letter) {
    try {
      return Optional.of(
          new ConsumerRecord<>(
              text(letter, TOPIC),
              Integer.parseInt(text(letter, PARTITION)),
              Long.parseLong(text(letter, OFFSET)),
              letter.timestamp(),
              letter.timestampType(),
              letter.serializedKeySize(),
              letter.serializedValueSize(),
              letter.key(),
              letter.value(),
              letter.headers(),
              Optional.empty()));
    } catch (IllegalArgumentException e) {
      log.atWarn()
          .setCause(e)
          .addKeyValue("offset", letter.offset())
          .log("A record of the dead letters topic does not tell where it came from");
      return Optional.empty();
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      throw new IllegalArgumentException("It has no header " + name);
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  /** The reason may quote a value, so the log names only the place. */
  private static void tell(DeadLetter letter) {
    log.atDebug()
        .addKeyValue("topic", letter.origin().topic())
        .addKeyValue("partition", letter.origin().partition())
        .addKeyValue("offset", letter.origin().offset())
        .addKeyValue("column", letter.column())
        .log("Quarantined a record");
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.getBuffer().substring(0, Math.min(text.getBuffer().length(), LONGEST_STACK));
  }

  private static String rootClass(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getName();
  }
}
