package dev.lockstep.common.schema;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a column's values stand in the JSON of a record: the Kafka Connect type that Debezium chose.
 *
 * @param type the Connect type in lower case: {@code int8 … int64, float32, float64, boolean,
 *     string, bytes, struct, array, map}
 * @param semantic the Connect schema's name, such as {@code io.debezium.time.MicroTimestamp}, or
 *     null for a plain value. Debezium's documentation of its MySQL connector, "Data type
 *     mappings", says what each means
 * @param parameters the Connect schema's own parameters that decide the meaning, such as {@code
 *     scale} of a decimal
 */
public record Wire(String type, @Nullable String semantic, Map<String, String> parameters) {
  /** Copies the map. */
  public Wire {
    Objects.requireNonNull(type, "type");
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
  }
}
