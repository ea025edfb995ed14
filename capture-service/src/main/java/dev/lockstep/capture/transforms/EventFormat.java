package dev.lockstep.capture.transforms;

import dev.lockstep.capture.charsets.UndecodableText;
import dev.lockstep.capture.encode.ConnectJson;
import io.debezium.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.jspecify.annotations.Nullable;

/**
 * How events are written that transforms have made: by the connector's {@code key.converter} and
 * {@code value.converter}, and where it names none as JSON without schemas. Connect's headers, of
 * rows too, are written by its {@code header.converter}, or as Kafka Connect does by default: texts
 * as they are.
 *
 * <p>Not thread-safe: one engine owns one.
 */
public final class EventFormat implements AutoCloseable {
  /** The config's key of the class that writes keys. */
  public static final String KEY = "key.converter";

  /** The config's key of the class that writes values. */
  public static final String VALUE = "value.converter";

  /** The config's key of the class that writes headers. */
  public static final String HEADER = "header.converter";

  /** Debezium's headers on every record, which say of the process what the value says too. */
  private static final String CONTEXT = "__debezium.context.";

  /** A transform may make a schema of its own for each event. */
  private static final int MAX_LAYOUTS = 1_000;

  private final ConnectJson json = new ConnectJson(MAX_LAYOUTS);
  private final @Nullable Converter key;
  private final @Nullable Converter value;
  private final HeaderConverter header;

  private EventFormat(@Nullable Converter key, @Nullable Converter value, HeaderConverter header) {
    this.key = key;
    this.value = value;
    this.header = header;
  }

  static EventFormat of(Map<String, String> config) {
    return new EventFormat(
        converter(config, KEY, true), converter(config, VALUE, false), headerConverter(config));
  }

  private static @Nullable Converter converter(
      Map<String, String> config, String name, boolean isKey) {
    if (config.getOrDefault(Transforms.KEY, "").isBlank() || !config.containsKey(name)) {
      return null;
    }
    Converter made = instance(config, name, Converter.class);
    made.configure(settings(config, name), isKey);
    return made;
  }

  private static HeaderConverter headerConverter(Map<String, String> config) {
    HeaderConverter made =
        config.getOrDefault(Transforms.KEY, "").isBlank() || !config.containsKey(HEADER)
            ? new SimpleHeaderConverter()
            : instance(config, HEADER, HeaderConverter.class);
    Map<String, Object> settings = new HashMap<>(settings(config, HEADER));
    settings.put("converter.type", "header");
    made.configure(settings);
    return made;
  }

  private static <T> T instance(Map<String, String> config, String name, Class<T> type) {
    String named = config.getOrDefault(name, "").strip();
    try {
      return Utils.newInstance(named, type);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(name + " names no class that is there: " + named, e);
    }
  }

  private static Map<String, String> settings(Map<String, String> config, String name) {
    return Configuration.from(config).subset(name + ".", true).asMap();
  }

  /**
   * The bytes of an event's key; null where it has none.
   *
   * @throws TransformException when the converter can't write it
   */
  public byte @Nullable [] key(SourceRecord item, Headers headers) {
    return bytes(key, item.topic(), headers, item.keySchema(), item.key());
  }

  /**
   * The bytes of an event's value; null where it has none.
   *
   * @throws TransformException when the converter can't write it
   */
  public byte @Nullable [] value(SourceRecord item, Headers headers) {
    return bytes(value, item.topic(), headers, item.valueSchema(), item.value());
  }

  private byte @Nullable [] bytes(
      @Nullable Converter converter,
      String topic,
      Headers headers,
      @Nullable Schema schema,
      @Nullable Object given) {
    Object shown = shown(given);
    try {
      return converter == null
          ? json.encode(schema, shown)
          : converter.fromConnectData(topic, headers, schema, shown);
    } catch (RuntimeException e) {
      throw new TransformException(
          "A transform failed on a record for "
              + topic
              + ": what it made can't be written: "
              + e.getMessage(),
          e);
    }
  }

  /** A text with bytes of no character, as MySQL shows it. */
  private static @Nullable Object shown(@Nullable Object given) {
    return given instanceof String text && UndecodableText.isMarker(text)
        ? UndecodableText.of(text).shown()
        : given;
  }

  void addHeaders(SourceRecord item, Headers to) {
    for (Header from : item.headers()) {
      if (!from.key().startsWith(CONTEXT)) {
        to.add(
            from.key(),
            header.fromConnectHeader(item.topic(), from.key(), from.schema(), shown(from.value())));
      }
    }
  }

  @Override
  public void close() {
    try {
      header.close();
      if (key != null) {
        key.close();
      }
      if (value != null) {
        value.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
