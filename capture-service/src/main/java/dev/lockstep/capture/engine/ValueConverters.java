package dev.lockstep.capture.engine;

import dev.lockstep.capture.charsets.TextConverter;
import dev.lockstep.capture.json.JsonTextConverter;
import java.util.Arrays;
import java.util.Properties;

/**
 * Adds Lockstep's converters to Debezium's. They stand after the operator's own: Debezium takes the
 * first that accepts a column.
 */
final class ValueConverters {
  private static final String KEY = "converters";

  private ValueConverters() {}

  static void addTo(Properties properties) {
    add(properties, "lockstepText", TextConverter.class);
    add(properties, "lockstepJson", JsonTextConverter.class);
  }

  /** Under a name that the operator's config has no key for. */
  private static void add(Properties properties, String wanted, Class<?> converter) {
    String name = wanted;
    String names = properties.getProperty(KEY, "");
    while (isTaken(properties, name)) {
      name += "_";
    }
    properties.setProperty(KEY, names.isBlank() ? name : names + "," + name);
    properties.setProperty(name + ".type", converter.getName());
  }

  private static boolean isTaken(Properties properties, String name) {
    return Arrays.asList(properties.getProperty(KEY, "").trim().split("\\s*,\\s*", -1))
            .contains(name)
        || properties.stringPropertyNames().stream().anyMatch(key -> key.startsWith(name + "."));
  }
}
