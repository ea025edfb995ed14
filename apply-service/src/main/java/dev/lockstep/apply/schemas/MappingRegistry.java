package dev.lockstep.apply.schemas;

import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TableMapping;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table mappings that have been published; told by one thread, asked by any. */
public final class MappingRegistry {
  private static final Logger log = LoggerFactory.getLogger(MappingRegistry.class);

  private final Map<String, TableMapping> known = new TreeMap<>();
  private final Map<String, UnreadableMapping> unreadable = new TreeMap<>();
  private volatile Mappings current = Mappings.NONE;

  /** What can still be told of a record that is not a whole mapping. */
  private record Tables(@Nullable String tables) {}

  /** Takes a record of the mappings topic. */
  public void accept(String key, byte @Nullable [] value) {
    unreadable.remove(key);
    if (value == null) {
      known.remove(key);
    } else {
      read(key, value);
    }
    current = new Mappings(known.values(), unreadable.values());
  }

  private void read(String key, byte[] value) {
    try {
      known.put(key, decode(value, TableMapping.class));
      log.atInfo().addKeyValue("mapping", key).log("A table mapping is in force");
    } catch (IllegalArgumentException e) {
      log.atError().setCause(e).addKeyValue("mapping", key).log("A table mapping can't be read");
      unreadable.put(
          key, UnreadableMapping.of(key, tables(value), problem(e), known.containsKey(key)));
    }
  }

  /** JSON's null is no mapping either. */
  private static <T> T decode(byte[] value, Class<T> type) {
    return Optional.ofNullable(ControlCodec.decode(value, type))
        .orElseThrow(() -> new IllegalArgumentException("Its value is null in JSON"));
  }

  private static String problem(IllegalArgumentException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  private static @Nullable String tables(byte[] value) {
    try {
      return decode(value, Tables.class).tables();
    } catch (IllegalArgumentException e) {
      log.atDebug().setCause(e).log("Nor can the tables that it is for");
      return null;
    }
  }

  /** The mappings as they stand. */
  public Mappings current() {
    return current;
  }
}
