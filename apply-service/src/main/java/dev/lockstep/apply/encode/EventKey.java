package dev.lockstep.apply.encode;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The key of a record in Debezium's JSON. */
public final class EventKey {
  private EventKey() {}

  /** Whether it is made of exactly these columns, so that equal keys are the same row's. */
  public static boolean isOf(byte[] key, Collection<String> columns) {
    Set<String> left = new HashSet<>(columns);
    try (JsonParser json = Json.parser(key, 0)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        if (!left.remove(json.currentName())) {
          return false;
        }
        json.nextToken();
        json.skipChildren();
      }
      return left.isEmpty() && !columns.isEmpty();
    } catch (JacksonException _) {
      return false;
    }
  }
}
