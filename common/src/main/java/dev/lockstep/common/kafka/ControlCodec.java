package dev.lockstep.common.kafka;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys and values of the control topics: keys are UTF-8 strings, values are JSON objects.
 * Properties that are not known are skipped, so that services of neighbouring versions understand
 * each other.
 */
public final class ControlCodec {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ControlCodec() {}

  /** A key's bytes. */
  public static byte[] key(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  /** The key of these bytes. */
  public static String key(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** A record's JSON. */
  public static byte[] encode(Object value) {
    return JSON.writeValueAsBytes(value);
  }

  /**
   * The record of this JSON.
   *
   * @throws IllegalArgumentException when it is not the JSON of that type; the message never quotes
   *     the JSON, which may hold secrets
   */
  public static <T> T decode(byte[] json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "Not the JSON of a " + type.getSimpleName() + ": " + e.getClass().getSimpleName(), e);
    }
  }
}
