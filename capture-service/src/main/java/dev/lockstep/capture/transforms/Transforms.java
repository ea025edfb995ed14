package dev.lockstep.capture.transforms;

import dev.lockstep.capture.resets.SnapshotResets;
import dev.lockstep.capture.schemas.SchemaTracker;
import io.debezium.config.Configuration;
import io.debezium.embedded.Transformations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A connector's single message transforms, by Kafka Connect's keys {@code transforms} and {@code
 * predicates}. They are applied here and not in Debezium's engine, so that what they make of a row
 * can be told from the row: offsets, progress and resets go by the records as Debezium gave them.
 *
 * <p>Not thread-safe, as transforms are not: one engine owns one.
 */
public final class Transforms implements AutoCloseable {
  /** The config's key that lists the transforms. */
  public static final String KEY = "transforms";

  /** The config's key that lists their predicates. */
  public static final String PREDICATES = "predicates";

  private static final List<String> ENVELOPE = List.of("op", "before", "after", "source");

  private final @Nullable Transformations chain;
  private final String controlPrefix;
  private final EventFormat format;

  /** Topics, as Debezium named them, of the tables whose rows became events. */
  private final Set<String> eventTables = new HashSet<>();

  private Transforms(@Nullable Transformations chain, String controlPrefix, EventFormat format) {
    this.chain = chain;
    this.controlPrefix = controlPrefix;
    this.format = format;
  }

  /**
   * Those of a config; none where it names none.
   *
   * @param config the connector's config
   * @param controlPrefix what the names of Lockstep's own topics begin with; nothing may be routed
   *     there
   * @throws IllegalArgumentException when they can't be made
   */
  public static Transforms of(Map<String, String> config, String controlPrefix) {
    Map<String, String> own = new HashMap<>(config);
    tidy(own, KEY);
    tidy(own, PREDICATES);
    try {
      Transformations chain =
          own.containsKey(KEY) ? new Transformations(Configuration.from(own)) : null;
      return new Transforms(chain, controlPrefix, EventFormat.of(config));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "The connector's transforms can't be used: " + e.getMessage(), e);
    }
  }

  /** Debezium takes the name after a last comma for an empty one. */
  private static void tidy(Map<String, String> config, String key) {
    String names =
        Arrays.stream(config.getOrDefault(key, "").split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining(","));
    if (names.isEmpty()) {
      config.remove(key);
    } else {
      config.put(key, names);
    }
  }

  /** Adds the headers that a record has for its consumers, where there are transforms. */
  public void addHeaders(SourceRecord item, Headers to) {
    if (chain != null) {
      format.addHeaders(item, to);
    }
  }

  /** How the events are written. */
  public EventFormat format() {
    return format;
  }

  /**
   * What is published of a batch, in its order; transforms may leave records out.
   *
   * @throws TransformException when one fails
   */
  public List<Outgoing> apply(List<SourceRecord> batch) {
    List<Outgoing> outgoing = new ArrayList<>(batch.size());
    for (SourceRecord item : batch) {
      boolean row = item.value() != null && SchemaTracker.isRowChange(item);
      if (chain == null || SnapshotResets.isMarker(item)) {
        outgoing.add(row ? new Outgoing.Row(item, item.keySchema()) : new Outgoing.Other(item));
      } else {
        String topic = item.topic();
        SourceRecord made = transform(chain, item);
        if (made != null) {
          outgoing.add(row ? ofRow(made, topic, item.keySchema()) : ofOther(made, item));
        }
      }
    }
    return outgoing;
  }

  private Outgoing ofRow(SourceRecord made, String topic, @Nullable Schema key) {
    if (isEnvelope(made)) {
      eventTables.remove(topic);
      return new Outgoing.Row(made, key);
    }
    eventTables.add(topic);
    return new Outgoing.Event(made);
  }

  /** A tombstone has its key in the form of the event that it follows. */
  private Outgoing ofOther(SourceRecord made, SourceRecord item) {
    return item.value() == null && eventTables.contains(item.topic())
        ? new Outgoing.Event(made)
        : new Outgoing.Other(made);
  }

  private static boolean isEnvelope(SourceRecord made) {
    return made.value() instanceof Struct value
        && ENVELOPE.stream().allMatch(field -> value.schema().field(field) != null);
  }

  private @Nullable SourceRecord transform(Transformations chain, SourceRecord item) {
    SourceRecord made;
    try {
      made = chain.transform(item);
    } catch (RuntimeException e) {
      throw new TransformException(
          "A transform failed on a record of " + item.topic() + ": " + e.getMessage(), e);
    }
    if (made != null && !item.topic().equals(made.topic())) {
      requireTopic(made.topic(), item);
      requireForeign(made.topic(), item);
    }
    return made;
  }

  /** Kafka would refuse the record at each attempt, so that is no fault that passes. */
  private static void requireTopic(@Nullable String topic, SourceRecord item) {
    try {
      if (topic == null) {
        throw new InvalidTopicException("There is none");
      }
      Topic.validate(topic);
    } catch (InvalidTopicException e) {
      throw new TransformException(
          "A transform failed on a record of "
              + item.topic()
              + ": it routes to "
              + topic
              + ", which can't be a topic's name: "
              + e.getMessage(),
          e);
    }
  }

  /** Names may come from rows, which must not reach what Lockstep and Kafka go by. */
  private void requireForeign(String topic, SourceRecord item) {
    if (topic.startsWith(controlPrefix + ".") || topic.startsWith("__")) {
      throw new TransformException(
          "A transform failed on a record of "
              + item.topic()
              + ": it routes to "
              + topic
              + ", and names that begin with "
              + controlPrefix
              + ". or __ are not its to use");
    }
  }

  @Override
  public void close() {
    format.close();
    if (chain != null) {
      try {
        chain.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
